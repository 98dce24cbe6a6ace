module.exports = require("cdktf-circleci-oidc/cdktf/terminal");
