#!/usr/bin/env bash
# A stranger's first ten minutes: set up, a folder of one's own, ask, export, curl, Python, MCP. In a clone:
#
#   make setup && bash docs/first_ten_minutes.sh
#
# Everything happens in a new folder below /tmp, which is removed at the end. A test runs this as it stands.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
step() { printf '\n== %s\n' "$*"; }

work=$(mktemp -d /tmp/wenju-XXXXXX)
export WENJU_HOME=$work/library   # an absolute path, so that it is the same folder wherever you stand
trap 'kill "${server:-}" 2>/dev/null || true; wait; rm -rf "$work"' EXIT

step 'Is all well?'
wenju --version

step 'A folder of your own'
mkdir "$work/papers"
cat > "$work/papers/library.txt" <<'END'
海濱市立圖書館閱覽規則
發布日期：2026年3月1日
第一條　本館週二至週六上午九時至下午九時開放，週日至下午五時，週一閉館。
第二條　借書證工本費新臺幣五十元，遺失補發一百元。
第三條　圖書逾期未還者，每冊每日處滯還金新臺幣五元，最高二百元。
END
printf '館別,地址,席次\n總館,海濱路1號,320\n站前分館,車站路8號,85\n' > "$work/papers/branches.csv"

step 'The page, and a server that answers at once (wenju serve)'
wenju serve --port 0 > "$work/said" 2>&1 &
server=$!
until address=$(grep -oE 'http://[0-9.:]+[0-9]' "$work/said"); do kill -0 $server; sleep 0.2; done
until [ -S "$WENJU_HOME/server.socket" ]; do kill -0 $server; sleep 0.2; done
echo "$address"

step 'Add it, list it'
wenju add "$work/papers"
wenju list

step 'Ask'
wenju ask 遺失借書證補發要多少錢
wenju ask 逾期滯還金最高多少 --json > "$work/answer.json"
wenju ask 這裡的市長是誰 || [ $? = 3 ]   # 3: nothing answers it

step 'Is the answer still what the document says?'
wenju verify "$work/answer.json"

step 'Take the library along'
wenju export "$work/library.zip"
echo 'wenju import puts it in place on another machine'

step 'HTTP'
curl -sS "$address/api/v1/ask" -H 'content-type: application/json' \
  -d '{"question": "站前分館有幾個席次", "passages": 2}' | python -c '
import json, sys
answer = json.load(sys.stdin)
print(answer["answer"], answer["citations"][0]["source"], len(answer["passages"]))'

step 'Python'
python - <<'END'
from wenju import Engine, Settings

with Engine.open(Settings()) as engine:
    answer = engine.ask("借書證工本費多少？")
    citation = answer.citations[0]
    source = engine.library.document(citation.document_id).source_text
    assert source[citation.start : citation.end] == citation.original
    print(answer.answer, citation.source, citation.start, citation.end)
END

step 'MCP, as the program of a language model calls it'
python - "$address/mcp" <<'END'
import asyncio
import sys

from mcp import Client


async def main() -> None:
    async with Client(sys.argv[1]) as client:
        tools = await client.list_tools()
        print(", ".join(sorted(tool.name for tool in tools.tools)))
        said = await client.call_tool("ask", {"question": "逾期一日罰多少？"})
        print(said.content[0].text)


asyncio.run(main())
END

step 'Remove, and stop'
wenju remove branches.csv
kill -INT $server
wait $server || true
tail -n 1 "$work/said"
