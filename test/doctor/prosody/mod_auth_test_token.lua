-- For tests: logs people in by a token in the address, and refuses in the words of Jitsi's plugin of July 2026.
local base64 = require "util.encodings".base64;
local generate_id = require "util.id".medium;
local hmac = require "util.hashes".hmac_sha256;
local json = require "util.json";
local sasl = require "util.sasl";

local secret = module:get_option_string("app_secret");
local app_id = module:get_option_string("app_id");
local empty = module:get_option_boolean("allow_empty_token", false);

local function decoded(part)
	local text = base64.decode((part:gsub("-", "+"):gsub("_", "/")) .. ("="):rep(-#part % 4));
	return text and json.decode(text) or {};
end

local function encoded(bytes)
	return (base64.encode(bytes):gsub("+", "-"):gsub("/", "_"):gsub("=", ""));
end

--- The complaint, or nil and the claims.
local function judge(token)
	if not token then return (not empty) and "token required" or nil, {}; end
	local head, body, signature = token:match("^([^.]+)%.([^.]+)%.([^.]+)$");
	if not head then return "Invalid token"; end
	local header, claims = decoded(head), decoded(body);
	if header.typ ~= "JWT" then return "Invalid typ"; end
	if header.alg ~= "HS256" then return "Invalid or incorrect alg"; end
	if encoded(hmac(secret, head .. "." .. body)) ~= signature then return "Invalid signature"; end
	local now = os.time();
	if claims.exp and now >= claims.exp then return ("Not acceptable by exp (%d sec since expired)"):format(now - claims.exp); end
	if claims.nbf and now < claims.nbf then return "Not acceptable by nbf"; end
	if claims.iss ~= app_id then return "invalid 'iss' claim"; end
	return nil, claims;
end

module:hook_global("bosh-session", function(event)
	local query = event.request.url.query or "";
	event.session.test_token = query:match("token=([^&]+)");
end);

local function anonymous(self)
	local complaint, claims = judge(self.profile.session.test_token);
	if complaint then return "failure", "not-allowed", complaint; end
	self.profile.session.test_claims = claims;
	self.username = generate_id():lower();
	return "success";
end
sasl.registerMechanism("ANONYMOUS", { "test_token" }, anonymous);

local provider = {};
function provider.get_sasl_handler(session)
	return sasl.new(module.host, { test_token = true, session = session });
end
module:provides("auth", provider);
