import type { Guard } from "./guard.ts";

/** Completions cost money or a GPU; a plan that changes nothing asks for nothing new. */
export const checkCompletions: Guard = ({ desired: { policy }, steps, cost: { after, monitors } }) => {
  const limit = policy.completionsPerDay;
  if (limit === undefined || after.completions <= limit || steps.length === 0) return [];
  const keys = monitors.filter((monitor) => monitor.after !== undefined).map(({ key }) => key);
  return [{ code: "KS4013", keys, completions: after.completions, limit }];
};
