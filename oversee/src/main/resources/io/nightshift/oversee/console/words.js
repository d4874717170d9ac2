// How numbers, times and names are put for people.

const clock = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const day = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', month: 'short'});

export const time = (millis) => millis === null ? '' : clock.format(millis);

export function when(millis, now) {
  if (millis === null) return '';
  return new Date(millis).toDateString() === new Date(now).toDateString()
    ? time(millis) : `${day.format(millis)}, ${time(millis)}`;
}

export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min${whole < 600 && whole % 60 ? ` ${whole % 60} s` : ''}`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60)} min`;
}

export const ago = (millis, now) => millis === null ? '' : `${span((now - millis) / 1000)} ago`;

export const service = (key) => key.slice(key.lastIndexOf('/') + 1);

export const percent = (share) => {
  const value = share * 100;
  return `${value > 0 && value < 0.1 ? value.toFixed(2) : value > 0 && value < 1 ? value.toFixed(1) : Math.round(value)} %`;
};

function digits(value) {
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return Math.round(value).toLocaleString('en-GB');
  return size >= 10 ? value.toFixed(1).replace(/\.0$/, '') : value.toPrecision(2).replace(/\.0$/, '');
}

/** A value in its unit: bytes as MiB, seconds and milliseconds at a readable size, shares in per cent. */
export function quantity(value, unit) {
  if (value === null || value === undefined) return '–';
  const size = Math.abs(value);
  if (unit === 'By') {
    const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    const step = size < 1 ? 0 : Math.min(4, Math.floor(Math.log2(size) / 10));
    return `${digits(value / 1024 ** step)} ${steps[step]}`;
  }
  if (unit === 'ms') return size >= 1000 ? `${digits(value / 1000)} s` : `${digits(value)} ms`;
  if (unit === 's') return size > 0 && size < 1 ? `${digits(value * 1000)} ms` : `${digits(value)} s`;
  if (unit === 'share') return percent(value);
  if (unit === 'requests/s') return `${digits(value)}/s`;
  const plain = unit === '1' || unit.startsWith('{') ? '' : ` ${unit}`;
  return digits(value) + plain;
}

export const duration = (millis) => quantity(millis, 'ms');
