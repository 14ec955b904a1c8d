// The demonstration's buttons that fill in a printed account or code.
for (const button of document.querySelectorAll('[data-fill-login]')) {
  button.addEventListener('click', () => {
    document.getElementById('id_login').value = button.dataset.fillLogin
    document.getElementById('id_password').value = button.dataset.fillPassword
    document.getElementById('id_password').form.querySelector('button[type=submit]').focus()
  })
}
for (const button of document.querySelectorAll('[data-fill-code]')) {
  button.addEventListener('click', () => {
    const code = document.getElementById('id_code')
    code.value = button.dataset.fillCode
    code.form.querySelector('button[type=submit]').focus()
  })
}
