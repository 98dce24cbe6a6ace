# Outside of the checkout, so that no file of the checkout decides what runs.
exact='^cdktf-circleci-oidc@[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$|^(/|https://).+\.tgz$'
if ! [[ "$ORB_PACKAGE" =~ $exact ]]; then
  echo "error: package: \"$ORB_PACKAGE\" is neither cdktf-circleci-oidc@X.Y.Z nor the absolute path or https URL of a .tgz" >&2
  exit 2
fi
folder="$HOME/.oidc/$(printf '%s' "$ORB_PACKAGE" | tr -c 'A-Za-z0-9.@' '-')"
if [ ! -x "$folder/node_modules/.bin/oidc" ]; then
  mkdir -p "$folder"
  (cd "$folder" && npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund "$ORB_PACKAGE")
fi
echo "export PATH=\"$folder/node_modules/.bin:\$PATH\"" >> "$BASH_ENV"
