/** The relation of two policies, by what the later one gains and loses. */
export function relationOf(isGained: boolean, isLost: boolean): string {
  if (isGained) return isLost ? "both-ways" : "broader";
  return isLost ? "narrower" : "same";
}
