// The way to the server. The CSRF token lives in this module only.

let session = {signedIn: false, mayRead: false};

async function json(answer) {
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const error = new Error(body.error || `the console answered ${answer.status}`);
    error.status = answer.status;
    throw error;
  }
  return body;
}

export const get = (path) => fetch(path, {credentials: 'same-origin'}).then(json);

export const text = (path) => fetch(path, {credentials: 'same-origin'})
  .then((answer) => answer.ok ? answer.text() : json(answer));

export function post(path, body) {
  return fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {'Content-Type': 'application/json', 'X-Nightshift-CSRF': session.csrf || ''},
    body: JSON.stringify(body),
  }).then(json);
}

export const who = () => session;

export async function refreshSession() {
  session = await get('/api/session');
  return session;
}

export async function login(token) {
  session = await post('/api/login', {token});
  return session;
}

export async function logout() {
  session = await post('/api/logout', {});
  return session;
}
