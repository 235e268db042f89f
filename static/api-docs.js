// Draws the OpenAPI document of this market; the vendored reader does the rest.
"use strict";
const place = document.getElementById("api-docs");
window.SwaggerUIBundle({
  url: place.dataset.document,
  domNode: place,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: -1,
  validatorUrl: null,
  requestInterceptor(request) {
    request.headers["Accept-Language"] = place.dataset.language;
    return request;
  },
});
