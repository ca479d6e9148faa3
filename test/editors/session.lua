-- Runs script.lua beside the file that is open, writes what it tells to told.json, and ends Neovim: with 1 and the
-- reason where something failed or never came.
local told = {}

function _G.tell(name, value) told[name] = value end

--- Handles events until the condition holds; Neovim has no other way to wait inside a script.
function _G.await(what, condition)
  local value
  local came = vim.wait(20000, function()
    value = condition()
    return value and true or false
  end, 5)
  if not came then error(what .. ' never came') end
  return value
end

function _G.text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n' end

--- Diagnostics as a map from code to message, once the condition holds for them.
function _G.diagnostics(what, condition)
  return await(what, function()
    local found = {}
    for _, d in ipairs(vim.diagnostic.get(0)) do
      found[d.code or d.user_data.lsp.code] = d.message
    end
    return condition(found) and { found = found } or false
  end).found
end

--- Puts the cursor at the first place of a word.
function _G.go_to(word)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  if vim.fn.search('\\V' .. word, 'c') == 0 then error(word .. ' is not in the text') end
end

--- Answers the next menu by the entry of this title, and gives all titles once it was asked.
function _G.choose(title)
  local titles
  vim.ui.select = function(items, options, on_choice)
    titles = vim.tbl_map(options.format_item, items)
    for i, item in ipairs(items) do
      if titles[i] == title then return on_choice(item, i) end
    end
    on_choice(nil)
  end
  return function() return titles end
end

--- The titles of the lenses that are on screen.
function _G.lenses()
  local here = vim.lsp.codelens.enable and { bufnr = 0 } or 0
  local titles = vim.tbl_map(function(entry) return (entry.lens or entry).command.title end, vim.lsp.codelens.get(here))
  return #titles > 0 and titles
end

--- The lines of the window that floats over the text.
function _G.float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
    end
  end
end

local ok, fault = xpcall(dofile, debug.traceback, 'script.lua')
local file = assert(io.open('told.json', 'w'))
file:write(vim.json.encode(told))
file:close()
if not ok then
  io.stderr:write(fault .. '\n')
  vim.cmd('cquit 1')
end
vim.cmd('qall!')
