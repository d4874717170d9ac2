const page = document.getElementById('state');
async function load() {
  const answer = await fetch('/api/state');
  page.textContent = JSON.stringify(await answer.json(), null, 2);
}
load();
new EventSource('/api/events').addEventListener('changed', load);
