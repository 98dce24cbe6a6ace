module.exports = require("cdktf-circleci-oidc/cdktf/not-needed");
