// The screen of a sitting. What is typed is kept on the server every few seconds; while the connection is lost it stays
// in the form, nowhere else on the device, and the saving is tried again. Recording waits for the connection too.
const PAUSE = 2500
const AGAIN = 2000

export function startSitting (root) {
  const form = root.querySelector('form[data-sitting]')
  if (!form) return
  const status = form.querySelector('[data-saved]')
  const state = { changed: false, timer: 0, sending: null, wanted: null }
  const say = (text) => { if (status.textContent !== text) status.textContent = text }

  const keep = async () => {
    clearTimeout(state.timer)
    if (state.sending) return state.sending
    state.changed = false
    state.sending = send(form, say)
    const done = await state.sending
    state.sending = null
    if (done === 'lost') {
      state.changed = true
      state.timer = setTimeout(after, AGAIN)
    }
    return done
  }
  const after = async () => {
    const done = await keep()
    if (state.wanted && done !== 'lost') go()
  }
  const go = () => {
    const button = state.wanted
    state.wanted = null
    form.dataset.kept = 'yes'
    form.requestSubmit(button)
  }

  form.addEventListener('input', () => {
    state.changed = true
    clearTimeout(state.timer)
    state.timer = setTimeout(after, PAUSE)
  })
  // Before the page is left for good the server must have answered: a page that cannot be loaded would lose everything.
  form.addEventListener('submit', (event) => {
    if (form.dataset.kept === 'yes') { delete form.dataset.kept; return }
    event.preventDefault()
    state.wanted = event.submitter
    state.changed = true
    after()
  })
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'F8' || event.defaultPrevented) return
    event.preventDefault()
    form.requestSubmit(form.querySelector('[data-record]'))
  })
  window.addEventListener('beforeunload', (event) => { if (state.changed) event.preventDefault() })
}

// Answers kept, refused (the page itself must say why) or lost.
async function send (form, say) {
  try {
    const body = new URLSearchParams(new FormData(form))
    body.set('do', 'keep')
    const answer = await fetch(form.action, { method: 'POST', body, headers: { 'X-Keep': '1' }, redirect: 'error' })
    const said = await answer.json()
    if (!answer.ok) { say(said.said); return 'refused' }
    form.elements.version.value = said.version
    say(`Saved ${said.at}`)
    return 'kept'
  } catch {
    say('Not saved yet: keep this page open')
    return 'lost'
  }
}
