/**
 * Says to the style sheet, before the first paint, that scripts run here.
 *
 * GOV.UK Frontend does this with an inline script; our Content-Security-Policy
 * allows files of this site only. Load it as the first element of the body,
 * without async or defer.
 */
document.body.className +=
  " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
