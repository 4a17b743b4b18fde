-- Shows QMP, QEMU's machine protocol, in Wireshark and tshark: what `qmptape export --format pcapng` writes, and any
-- capture of a monitor on TCP. A message ends where its brackets close, not at a line's end, and may span segments.
--
--   tshark -X lua_script:qmp.lua -r session.pcapng
--
-- TCP port 4444 is taken for a monitor; for others use "Decode As". Filters: qmp.kind, qmp.command, qmp.event, qmp.id,
-- qmp.error.class, qmp.error.desc, qmp.masked, qmp.noise.

local qmp = Proto("qmp", "QEMU Machine Protocol")
local fields = {
  kind = ProtoField.string("qmp.kind", "Kind"),
  command = ProtoField.string("qmp.command", "Command"),
  event = ProtoField.string("qmp.event", "Event"),
  id = ProtoField.string("qmp.id", "Id"),
  class = ProtoField.string("qmp.error.class", "Error class"),
  desc = ProtoField.string("qmp.error.desc", "Error text"),
  masked = ProtoField.bool("qmp.masked", "Holds masked secrets"),
  noise = ProtoField.bytes("qmp.noise", "No JSON"),
}
qmp.fields = { fields.kind, fields.command, fields.event, fields.id, fields.class, fields.desc, fields.masked, fields.noise }

local json = Dissector.get("json")

-- Where the value that begins at `start` ends; nil if that is not in the text. What opens no bracket ends with its line.
local function end_of_message(text, start)
  local first = text:sub(start, start)
  if first ~= "{" and first ~= "[" then
    return (text:find("[{\n]", start + 1) or #text + 1) - 1
  end
  local depth = 0
  local at = start
  while at <= #text do
    local letter = text:sub(at, at)
    if letter == '"' or letter == "'" then
      at = at + 1
      while at <= #text and text:sub(at, at) ~= letter do
        at = at + (text:sub(at, at) == "\\" and 2 or 1)
      end
      if at > #text then
        return nil
      end
    elseif letter == "{" or letter == "[" then
      depth = depth + 1
    elseif letter == "}" or letter == "]" then
      depth = depth - 1
      if depth == 0 then
        return at
      end
    end
    -- on to what can change anything
    at = text:find("[%[%]{}\"']", at + 1) or #text + 1
  end
  return nil
end

-- The members of the outermost object that are strings or numbers, and the names of all its members.
local function members(text)
  local found = {}
  local depth = 0
  local at = 1
  local name = nil
  while at <= #text do
    local letter = text:sub(at, at)
    if letter == '"' or letter == "'" then
      local finish = at + 1
      while finish <= #text and text:sub(finish, finish) ~= letter do
        finish = finish + (text:sub(finish, finish) == "\\" and 2 or 1)
      end
      local content = text:sub(at + 1, finish - 1)
      if depth == 1 and text:match("^%s*:", finish + 1) then
        name = content
        found[name] = text:match("^%s*:%s*([%w%.%+%-]+)", finish + 1) or ""
      elseif depth == 1 and name then
        found[name] = content
      elseif depth == 2 and name == "error" then
        local key, value = text:match('^"(%a+)"%s*:%s*"([^"]*)"', at)
        if key then
          found["error." .. key] = value
        end
      end
      at = finish
    elseif letter == "{" or letter == "[" then
      depth = depth + 1
    elseif letter == "}" or letter == "]" then
      depth = depth - 1
    end
    at = text:find("[%[%]{}\"']", at + 1) or #text + 1
  end
  return found
end

local function describe(found)
  local command = found["execute"] or found["exec-oob"]
  if command then
    return "command", command
  elseif found["event"] then
    return "event", found["event"]
  elseif found["error"] then
    return "failure", (found["error.class"] or "") .. ": " .. (found["error.desc"] or "")
  elseif found["return"] then
    return "success", ""
  elseif found["QMP"] then
    return "greeting", ""
  end
  return "unrecognized", ""
end

local function show(range, text, pinfo, tree)
  local subtree = tree:add(qmp, range)
  if text:sub(1, 1) ~= "{" then
    subtree:add(fields.noise, range)
    subtree:append_text(", noise")
    return "noise"
  end
  local found = members(text)
  local kind, what = describe(found)
  subtree:add(fields.kind, range, kind)
  if kind == "command" then
    subtree:add(fields.command, range, what)
  elseif kind == "event" then
    subtree:add(fields.event, range, what)
  elseif kind == "failure" then
    subtree:add(fields.class, range, found["error.class"] or "")
    subtree:add(fields.desc, range, found["error.desc"] or "")
  end
  if found["id"] then
    subtree:add(fields.id, range, found["id"])
  end
  if text:find("[masked:", 1, true) then
    subtree:add(fields.masked, range, true)
  end
  subtree:append_text(", " .. kind .. (what ~= "" and " " .. what or ""))
  if json then
    json:call(range:tvb(), pinfo, subtree)
  end
  return kind .. (what ~= "" and " " .. what or "") .. (found["id"] and found["id"] ~= "" and " #" .. found["id"] or "")
end

function qmp.dissector(buffer, pinfo, tree)
  local text = buffer:raw()
  local told = {}
  local at = 1
  while at <= #text do
    local start = text:find("[^%s]", at)
    if not start then
      break
    end
    local finish = end_of_message(text, start)
    if not finish then
      pinfo.desegment_offset = start - 1
      pinfo.desegment_len = DESEGMENT_ONE_MORE_SEGMENT
      break
    end
    told[#told + 1] = show(buffer(start - 1, finish - start + 1), text:sub(start, finish), pinfo, tree)
    at = finish + 1
  end
  if #told > 0 then
    pinfo.cols.protocol = "QMP"
    pinfo.cols.info = table.concat(told, "; ")
  end
  return buffer:len()
end

DissectorTable.get("tcp.port"):add(4444, qmp)
