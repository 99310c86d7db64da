-- Checks the status and the length of every response, and prints one line for the harness.
-- Arguments: mode (keep, close, half, session), length of a right response's content, how many responses to stop after
-- (0: as many as the time allows), bytes of a right response with its head (0: not known), how many sessions.
--
-- With the bytes of a response known, nothing is called for each of them, which would cost as much as a fast server: wrk counts
-- the statuses from 400 on, and the sum of all bytes has to be right to the last one.

local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

local function alternate()
    local keep = wrk.format()
    wrk.headers["Connection"] = "close"
    local close = wrk.format()
    local turn = false
    request = function()
        turn = not turn
        return turn and keep or close
    end
end

local function withSessions(most)
    local turn, plain = 0, wrk.format()
    local requests = {}
    request = function()
        if #requests < most then
            return plain
        end
        turn = turn % most + 1
        return requests[turn]
    end
    remember = function(headers)
        local cookie = headers["Set-Cookie"] or headers["set-cookie"]
        if cookie and #requests < most then
            wrk.headers["Cookie"] = cookie:match("^[^;]+")
            table.insert(requests, wrk.format())
        end
    end
end

function init(args)
    local mode = args[1]
    length, most, whole = tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
    seen, wrong, example = 0, 0, ""
    if mode == "close" then
        wrk.headers["Connection"] = "close"
    elseif mode == "half" then
        alternate()
    elseif mode == "session" then
        withSessions(tonumber(args[5]))
    end
    if whole > 0 then
        response = nil
    end
end

-- wrk sleeps until its time is over whatever its threads do, so a warm-up by count ends the process.
function finish()
    io.write(string.format(
        "bench requests=%d micros=1 wrong=%d connect=0 read=0 write=0 status=0 timeout=0 p50=0 p99=0 p999=0 example=%s\n",
        seen, wrong, example))
    io.flush()
    os.exit(0)
end

function response(status, headers, body)
    if status ~= 200 or #body ~= length then
        wrong = wrong + 1
        example = "status " .. status .. ", " .. #body .. " bytes"
    end
    if remember then
        remember(headers)
    end
    if most > 0 then
        seen = seen + 1
        if seen >= most then
            finish()
        end
    end
end

function done(summary, latency, requests)
    local wrong, example = 0, ""
    for _, thread in ipairs(threads) do
        wrong = wrong + thread:get("wrong")
        if thread:get("example") ~= "" then
            example = thread:get("example")
        end
    end
    local errors = summary.errors
    local whole = threads[1]:get("whole")
    if whole > 0 and summary.bytes ~= summary.requests * whole then
        wrong = wrong + 1
        example = string.format("%d bytes for %d responses of %d", summary.bytes, summary.requests, whole)
    end
    if whole > 0 and errors.status > 0 then
        wrong = wrong + errors.status
        example = "a status of 400 or more"
    end
    io.write(string.format(
        "bench requests=%d micros=%d wrong=%d connect=%d read=%d write=%d status=%d timeout=%d p50=%d p99=%d p999=%d example=%s\n",
        summary.requests, summary.duration, wrong, errors.connect, errors.read, errors.write, errors.status,
        errors.timeout, latency:percentile(50), latency:percentile(99), latency:percentile(99.9), example))
end
