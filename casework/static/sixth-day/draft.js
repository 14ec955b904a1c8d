// Keeps what is typed into a form with data-draft-href, two seconds after the last key.
// Says so in [data-draft-status]: aloud the first time only.
// A page that is left keeps the rest at once, unless a form was submitted: then the server has it, or threw it away.

const PAUSE = 2000
const TAB = tabName()
const states = new WeakMap()
let submitted = false

export function startDrafts (root) {
  for (const form of root.querySelectorAll('form[data-draft-href]')) {
    const state = { form, root, timer: 0, changed: false, ever: false, sending: null }
    states.set(form, state)
    form.addEventListener('input', (event) => {
      // What is searched for is no part of what is typed.
      if (event.target.name === 'q') return
      submitted = false
      state.changed = true
      clearTimeout(state.timer)
      state.timer = setTimeout(() => keep(state), PAUSE)
    })
    form.addEventListener('submit', () => clearTimeout(state.timer))
  }
  window.addEventListener('submit', (event) => { submitted = submitted || !event.defaultPrevented })
  window.addEventListener('pageshow', () => { submitted = false })
  // Before the next page is asked for, since that may be this one again; and once more where a browser skips the first.
  window.addEventListener('beforeunload', () => keepAtOnce(root))
  window.addEventListener('pagehide', () => keepAtOnce(root))
}

// Nothing may be waited for while a page goes away: the request outlives it.
function keepAtOnce (root) {
  if (submitted) return
  for (const form of root.querySelectorAll('form[data-draft-href]')) {
    const state = states.get(form)
    if (!state || !state.changed) continue
    clearTimeout(state.timer)
    state.changed = false
    send(state, true)
  }
}

// Keeps every changed form's draft now, without telling the session's clock that somebody is here.
// Answers whether the page has a draft and all of it is kept.
export async function keepDrafts (root) {
  const forms = [...root.querySelectorAll('form[data-draft-href]')].map((form) => states.get(form)).filter(Boolean)
  await Promise.all(forms.filter((state) => state.changed).map((state) => keep(state, true)))
  return forms.some((state) => state.ever) && forms.every((state) => !state.changed)
}

async function keep (state, quietly = false) {
  clearTimeout(state.timer)
  await state.sending
  state.changed = false
  state.sending = send(state, quietly)
  await state.sending
}

async function send (state, quietly) {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(state.form)) {
    if (typeof value === 'string') body.append(name, value)
  }
  // Of two windows with one draft, the one that read it before the other wrote must not write over it.
  body.set('draft_window', TAB)
  body.set('draft_seen', state.form.dataset.draftSeen || '')
  for (const secret of state.form.querySelectorAll('input[type="password"]')) body.delete(secret.name)
  try {
    const answer = await fetch(state.form.dataset.draftHref, { method: 'POST', body, credentials: 'same-origin', redirect: 'error', keepalive: body.toString().length < 60000 })
    if (answer.status === 409) {
      state.changed = true
      say(state, (await answer.json()).problem)
      return
    }
    if (!answer.ok) throw new Error(String(answer.status))
    state.ever = true
    const { kept_at: keptAt } = await answer.json()
    // A page loaded anew goes on with its own draft.
    if (state.form.dataset.draftAddress) history.replaceState(history.state, '', state.form.dataset.draftAddress)
    say(state, `Draft kept at ${asClock(keptAt)}`)
    if (!quietly) state.root.dispatchEvent(new Event('sixth-day:alive'))
  } catch {
    state.changed = true
    say(state, 'Not kept yet: your draft could not be saved')
  }
}

// One name for each tab, kept over loading its page anew.
function tabName () {
  const fresh = Math.random().toString(36).slice(2) + Date.now().toString(36)
  try {
    const name = sessionStorage.getItem('sixth-day-tab') || fresh
    sessionStorage.setItem('sixth-day-tab', name)
    return name
  } catch {
    return fresh
  }
}

function say (state, text) {
  const status = state.form.querySelector('[data-draft-status]') || state.root.querySelector('[data-draft-status]')
  if (!status || status.textContent === text) return
  const failed = text.startsWith('Not')
  if (failed || !status.dataset.said) status.setAttribute('aria-live', 'polite')
  else status.removeAttribute('aria-live')
  status.dataset.said = 'yes'
  status.textContent = text
}

// 09:41 becomes 9:41am.
function asClock (text) {
  const [hour, minute] = text.split(':').map(Number)
  return `${hour % 12 || 12}:${String(minute).padStart(2, '0')}${hour < 12 ? 'am' : 'pm'}`
}
