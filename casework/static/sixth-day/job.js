// Shows how far a piece of work is, every second, and goes on when it is done. The page reloads itself without this.
const box = document.querySelector('[data-job]')
const bar = document.getElementById('progress')
const message = box?.querySelector('[data-job-message]')

if (box && bar) ask()

async function ask () {
  try {
    const answer = await fetch(box.dataset.job, { credentials: 'same-origin' })
    if (!answer.ok) return
    const state = await answer.json()
    bar.value = state.percent
    if (state.message && message.textContent !== state.message) message.textContent = state.message
    if (state.finished && box.dataset.leadsTo) { window.location.assign(box.dataset.leadsTo); return }
    if (state.finished || state.failed) { window.location.reload(); return }
  } catch { /* the next try may answer */ }
  setTimeout(ask, 1000)
}
