/**
 * The forms of ISO 8601 that the W3C note on dates and times lists: year, month, day, then time
 * with a zone.
 */
const ISO =
  /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?(Z|[-+][0-9]{2}:[0-9]{2}))?)?)?$/;
/** More digits than a year has: seconds since 1970. */
const SECONDS = /^[0-9]{5,12}$/;

/**
 * A point in time in milliseconds since 1970 ("Date condition operators": a W3C form of ISO 8601,
 * or UNIX time in seconds). Undefined: the text is no date. Four digits are a year.
 */
export function parseInstant(text: string): number | undefined {
  if (SECONDS.test(text)) return Number(text) * 1_000;
  const found = ISO.exec(text);
  if (found === null) return undefined;
  const [
    ,
    year = "",
    month = "01",
    day = "01",
    hour = "00",
    minute = "00",
    second = "00",
    fraction = "",
    zone = "Z",
  ] = found;
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  // The 31st of February rolls over to March: such a day is no date.
  if (Number.isNaN(utc) || new Date(utc).toISOString() !== written) return undefined;
  const offset = offsetOf(zone);
  return offset === undefined ? undefined : utc - offset + Number(`0.${fraction || "0"}`) * 1_000;
}

function offsetOf(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
