-- For tests: gives roles by context.user of the token, and lets lobby_bypass pass a room that is for members only. In the
-- order and with the conditions that were recorded of Jitsi's token_affiliation and jitsi-contrib's token_lobby_bypass.
local function user_of(origin)
	local context = (origin.test_claims or {}).context;
	return type(context) == "table" and type(context.user) == "table" and context.user or {};
end

module:hook("muc-occupant-pre-join", function(event)
	local room, occupant = event.room, event.occupant;
	if not room:get_members_only() or user_of(event.origin).lobby_bypass ~= true then return; end
	occupant.role = "participant";
	room:set_affiliation(true, occupant.bare_jid, "member");
end, -3);

module:hook("muc-occupant-pre-join", function(event)
	local room, occupant, user = event.room, event.occupant, user_of(event.origin);
	if not event.origin.test_claims then return; end
	if room:get_members_only() and not room:get_affiliation(occupant.bare_jid) then return; end
	local affiliation, moderator = user.affiliation, user.moderator;
	local leads = affiliation == "owner" or affiliation == "moderator" or affiliation == "teacher"
		or moderator == true or moderator == "true";
	room:set_affiliation(true, occupant.bare_jid, leads and "owner" or "member");
	if leads then occupant.role = "moderator"; end
end, -3.5);
