/**
 * Paths that moto keeps for itself, whatever the host and the signature say (moto's
 * `werkzeug_app.py`, `get_application`): its dashboard, reset, recorder and settings, and the
 * metadata service of an instance. No bucket of these names can be reached.
 */
const OWN_PATH = /^\/+(moto-api|favicon\.ico$|latest\/(meta-data|api)\/)/;

/** @param path decoded once, as moto decodes it */
export function isMotosOwn(path: string): boolean {
  return OWN_PATH.test(path);
}
