// Shows what a search finds while somebody types; without it the Find button does the same.
const form = document.querySelector('form[data-search]')
const field = form?.querySelector('[name=q]')
const results = document.querySelector('[data-results]')
const PAUSE = 350
const SHORTEST = 3

let timer = 0
let asked = 0
let shown = field?.value.trim()

if (field && results) {
  results.setAttribute('aria-live', 'polite')
  if (!document.querySelector('.govuk-error-summary')) {
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }
  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(find, PAUSE)
  })
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return
    const first = results.querySelector('a[href]')
    if (!first) return
    event.preventDefault()
    first.focus()
  })
}

async function find () {
  const typed = field.value.trim()
  if (typed === shown) return
  shown = typed
  const mine = ++asked
  if (typed.length < SHORTEST) { results.replaceChildren(); return }
  const body = new URLSearchParams([...new FormData(form), ['typing', 'yes']])
  try {
    const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin', redirect: 'error' })
    if (answer.ok && mine === asked) results.innerHTML = await answer.text()
  } catch { /* the Find button still works */ }
}
