// Log a notice: draws the side panel again as facts are typed, and lists children under the field.
// Without it the page's own buttons do the same.
const form = document.querySelector('form[data-notice]')
const panel = form?.querySelector('[data-panel]')
const found = form?.querySelector('[data-found]')
const field = document.getElementById('id_q')
const PAUSE = 350
const FACTS = new Set(['kind', 'school', 'first_day', 'last_day', 'first_session', 'last_session', 'exam_missed'])

let drawing = 0
let searching = 0
let panelTimer = 0
let findTimer = 0

if (form) {
  panel.setAttribute('aria-live', 'polite')
  form.addEventListener('input', (event) => {
    if (FACTS.has(event.target.name)) later('panel', drawPanel)
    if (event.target === field) later('find', find)
  })
  form.addEventListener('click', useDay)
  field?.addEventListener('keydown', inList)
  found?.addEventListener('keydown', inList)
  const button = form.querySelector('[data-find-button]')
  if (button) button.hidden = true
  const chosen = form.querySelector('[name=pupil]').value
  const here = form.querySelector('[aria-invalid=true]')
  if (!document.querySelector('.govuk-error-summary')) {
    if (!chosen) field?.focus()
    else if (!here && !form.querySelector('[name=kind]:checked')) form.querySelector('[name=kind]')?.focus()
  }
  if (chosen && form.querySelector('[name=first_day]').value) drawPanel()
}

function later (name, work) {
  if (name === 'panel') {
    clearTimeout(panelTimer)
    panelTimer = setTimeout(work, PAUSE)
  } else {
    clearTimeout(findTimer)
    findTimer = setTimeout(work, PAUSE)
  }
}

async function post (href) {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) body.append(name, value)
  const answer = await fetch(href, { method: 'POST', body, credentials: 'same-origin', redirect: 'error' })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.text()
}

async function drawPanel () {
  if (!form.querySelector('[name=pupil]').value) return
  const mine = ++drawing
  try {
    const drawn = await post(form.dataset.previewHref)
    if (mine === drawing) panel.innerHTML = drawn
  } catch { /* the panel keeps what it last said; the page's own check does the rest */ }
}

async function find () {
  if (field.value.trim().length < 3) { found.replaceChildren(); return }
  const mine = ++searching
  try {
    const drawn = await post(form.dataset.findHref)
    if (mine === searching) found.innerHTML = drawn
  } catch { /* Find still works as a button */ form.querySelector('[data-find-button]').hidden = false }
}

// Down and up walk through the list, Escape closes it; Enter on a child chooses it.
function inList (event) {
  const options = [...found.querySelectorAll('.app-option')]
  if (event.key === 'Escape') { found.replaceChildren(); field.focus(); return }
  if (event.key === 'Enter' && event.target === field) {
    event.preventDefault()
    if (options.length === 1) options[0].click()
    else if (options.length) options[0].focus()
    else find()
    return
  }
  if (!options.length || !['ArrowDown', 'ArrowUp'].includes(event.key)) return
  event.preventDefault()
  const at = options.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1)
  if (at < 0) field.focus()
  else options[Math.min(at, options.length - 1)].focus()
}

function useDay (event) {
  const day = event.target.closest('[data-use-day]')
  if (!day) return
  const input = form.querySelector('[name=first_day]')
  input.value = day.dataset.useDay
  input.focus()
  drawPanel()
}
