// Warns two minutes before an idle session ends, lets one key extend it, and on the end keeps what was
// typed before going to sign in. Other open pages of the same person count as activity.
import { keepDrafts } from './draft.js'

const WARN_SECONDS = 120
const SAY_AT = [120, 60, 30, 10]
const SEEN = 'sixth-day-seen'

export function startTimeout (root) {
  const dialog = root.querySelector('dialog[data-idle-seconds]')
  if (!dialog || typeof dialog.showModal !== 'function') return
  const idle = Number(dialog.dataset.idleSeconds)
  const warn = Math.min(WARN_SECONDS, idle / 2)
  const left = dialog.querySelector('[data-timeout-left]')
  const form = dialog.querySelector('form')
  let seen = Date.now()
  let said = Infinity
  let over = false
  let before = null

  const alive = () => {
    seen = Date.now()
    said = Infinity
    remember(seen)
    if (dialog.open) close()
  }
  const close = () => {
    dialog.close()
    if (before && before.isConnected) before.focus()
  }
  const stay = async () => {
    try {
      const answer = await fetch(dialog.dataset.stayHref, { method: 'POST', body: new FormData(form), credentials: 'same-origin', redirect: 'error' })
      if (answer.ok) return alive()
    } catch { /* said below */ }
    left.textContent = 'That did not work: try again.'
  }
  const end = async () => {
    over = true
    const kept = await keepDrafts(root)
    // Keeping a draft was a request, which the server took for activity: end the session ourselves.
    try {
      await fetch(dialog.dataset.signOutHref, { method: 'POST', body: new FormData(form), credentials: 'same-origin', redirect: 'manual' })
    } catch { /* the server ends it by itself */ }
    const query = new URLSearchParams({ ended: '1', next: location.pathname + location.search })
    if (kept) query.set('kept', '1')
    location.assign(`${dialog.dataset.signInHref}?${query}`)
  }

  form.addEventListener('submit', (event) => { event.preventDefault(); stay() })
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); stay() })
  root.addEventListener('sixth-day:alive', alive)
  window.addEventListener('storage', (event) => {
    if (event.key !== SEEN || Number(event.newValue) <= seen) return
    seen = Number(event.newValue)
    said = Infinity
    if (dialog.open) close()
  })
  remember(seen)

  // The clock is asked each second: a sleeping machine stops timers, not time.
  setInterval(() => {
    if (over) return
    const remaining = idle - (Date.now() - seen) / 1000
    if (remaining <= 0) { end(); return }
    if (remaining > warn) return
    if (!dialog.open) {
      before = root.activeElement
      keepDrafts(root)
      dialog.showModal()
      const title = dialog.querySelector('[tabindex]')
      title.focus()
    }
    const due = SAY_AT.filter((at) => at <= warn && remaining <= at && at < said)
    if (due.length > 0 || said === Infinity) {
      said = due.length > 0 ? Math.min(...due) : Math.ceil(remaining)
      left.textContent = `You will be signed out in ${inWords(said)}.`
    }
  }, 1000)
}

function inWords (seconds) {
  if (seconds >= 60 && seconds % 60 === 0) return seconds === 60 ? '1 minute' : `${seconds / 60} minutes`
  return `${seconds} seconds`
}

function remember (at) {
  try { localStorage.setItem(SEEN, String(at)) } catch { /* a browser may refuse */ }
}
