-- For tests: looks at the claims room and sub when somebody joins, as Jitsi's mod_token_verification does.
local jid_split = require "util.jid".split;
local st = require "util.stanza";

local domain = module.host:gsub("^conference%.", "");

module:hook("muc-occupant-pre-join", function(event)
	local claims = event.origin.test_claims or {};
	local room = jid_split(event.room.jid);
	if (claims.room == "*" or claims.room == room) and claims.sub == domain then return; end
	event.origin.send(st.error_reply(event.stanza, "cancel", "not-allowed", "Room and token mismatched"));
	return true;
end, 99);
