-- For tests: answers as Jicofo, which opens a conference for anybody.
local st = require "util.stanza";

module:hook("iq/host", function(event)
	if not event.stanza:get_child("conference", "http://jitsi.org/protocol/focus") then return; end
	local reply = st.reply(event.stanza):tag("conference", { xmlns = "http://jitsi.org/protocol/focus", ready = "true" });
	event.origin.send(reply);
	return true;
end);
