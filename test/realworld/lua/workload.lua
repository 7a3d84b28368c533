-- Allocates, calls and raises, and prints what came of it.
local function fibonacci(n)
  if n < 2 then return n end
  return fibonacci(n - 1) + fibonacci(n - 2)
end

local function words(count)
  local list = {}
  for i = 1, count do
    list[#list + 1] = "word" .. i .. (i % 3 == 0 and "fizz" or "")
  end
  return table.concat(list, ","):len()
end

local function objects(count)
  local class = {}
  class.__index = class
  function class:area() return self.width * self.height end
  local sum = 0
  for i = 1, count do
    local object = setmetatable({ width = i, height = i / 2, tag = { i } }, class)
    sum = sum + object:area()
  end
  return sum
end

local function failures(count)
  local seen = {}
  for i = 1, count do
    local fine, message = pcall(function()
      if i % 4 == 0 then error({ code = i }) end
      if i % 4 == 1 then error("failure " .. i) end
      if i % 4 == 2 then return nil + i end
      return tonumber("0x" .. i) + tonumber(i .. ".5")
    end)
    local kind = fine and "fine" or type(message)
    seen[kind] = (seen[kind] or 0) + 1
  end
  return string.format("%d fine, %d text, %d objects", seen.fine, seen.string, seen.table)
end

local function coroutines(count)
  local sum = 0
  for i = 1, count do
    local generate = coroutine.wrap(function()
      for j = 1, 5 do coroutine.yield(i * j) end
    end)
    for _ = 1, 5 do sum = sum + generate() end
  end
  return sum
end

for round = 1, 8 do
  print(round, fibonacci(20), words(2000), objects(2000))
  print(round, failures(800), coroutines(200))
  collectgarbage()
end
