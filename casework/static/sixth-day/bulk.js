// Says how many rows are ticked in the bar above a list. The bar itself is shown by the style sheet.
export function startBulk (root) {
  const form = root.querySelector('form[data-bulk]')
  const words = form?.querySelector('[data-bulk-words]')
  if (!words) return
  const boxes = [...root.querySelectorAll(`input[type="checkbox"][form="${form.id}"]`)]
  const count = () => {
    const ticked = boxes.filter((box) => box.checked)
    words.textContent = `${ticked.length} selected`
    for (const box of boxes) box.closest('tr')?.classList.toggle('app-ticked', box.checked)
  }
  root.addEventListener('change', (event) => { if (boxes.includes(event.target)) count() })
  form.addEventListener('reset', () => setTimeout(count))
  count()
}
