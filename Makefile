# Everything a person types. `make` alone lists what there is; a line with ## stands in that list.
.DEFAULT_GOAL := menu
.NOTPARALLEL:
.PHONY: menu run test check test-long faults bench bench-attacks bench-boards bench-dx bench-meetings bench-search screenshots lint types laws map pins ready ready-to-test test-tools

PYTHON_HERE := .venv/bin/python
AT_ONCE := -n 3 --dist loadfile --no-loadscope-reorder      # more than two cores: half of the time a story waits for its browser
TYPES_BESIDE = $(PYTHON_HERE) -m mypy & types=$$!;
AND_TYPES = && tests=0 || tests=$$?; wait $$types && exit $$tests

export PYTHONDONTWRITEBYTECODE :=		# what was compiled once is kept, or each start of each program would do it again

menu:
	@printf '\n  つながる\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  例: make run PORT=8001   make run DEMO=0   make run DATA=/srv/tsunagaru   （終わるときは Ctrl+C）\n\n'

run: ready ## 準備をして動かします（最初は実演用の市役所つき）
	@exec $(PYTHON_HERE) start.py

test: ready-to-test test-tools lint ## すべての検査（必要なものも入れます。2コアで8分から10分）
	@$(TYPES_BESIDE) $(PYTHON_HERE) -m pytest $(AT_ONCE) $(AND_TYPES)

check: ready-to-test lint ## 速い検査だけ（20秒ほど）
	@$(TYPES_BESIDE) $(PYTHON_HERE) -m pytest -m fast $(AND_TYPES)

test-long: ready-to-test test-tools ## 試行回数を減らさない検査（長くかかります）
	@$(PYTHON_HERE) -m pytest --long

faults: ready-to-test test-tools ## 会話の最中にすべてを壊し、失われたもの・重なったもの・漏れたものを数えます（20分ほど）
	@$(PYTHON_HERE) -m tests.faults.planted
	@$(PYTHON_HERE) -m tests.faults

bench: ready-to-test ## 速さと重さを測ります（最後の行が JSON。静かな機械で10分ほど）
	@$(PYTHON_HERE) -m benchmarks.everything

bench-boards: ready-to-test ## 掲示板の速さを測ります（1,500人、3,000件、330万の受け取り。最後の行が JSON）
	@$(PYTHON_HERE) -m benchmarks.boards

bench-dx: ready-to-test ## DX推進の速さを測ります（40のチーム、5年、2万の出来事、1,500人×60のスキル。最後の行が JSON）
	@$(PYTHON_HERE) -m benchmarks.dx

bench-meetings: ready-to-test ## 会議の資料の速さを測ります（100頁の PDF と読み取り、300人の画面。最後の行が JSON）
	@$(PYTHON_HERE) -m benchmarks.meetings

bench-search: ready-to-test ## 検索の確かさと速さを測ります（判じた問い91、10万件と50万件。最後の行が JSON。静かな機械で15分ほど）
	@$(PYTHON_HERE) -m benchmarks.search

bench-attacks: ready-to-test ## 攻撃のあいだ、ほかの人の速さと重さがどうなるかを測ります（3分ほど）
	@$(PYTHON_HERE) -m benchmarks.live.attacks

screenshots: ready-to-test test-tools ## 画面の検査の終わりの姿を shots/ に残します
	@$(PYTHON_HERE) -m pytest -m browser --screenshots

lint: ready-to-test ## 書き方（ruff）
	@$(PYTHON_HERE) -m ruff check --quiet .

types: ready-to-test ## 型（mypy）
	@$(PYTHON_HERE) -m mypy

laws: ready-to-test ## 家のきまり（tests/architecture）
	@$(PYTHON_HERE) -m pytest tests/architecture

map: ready-to-test ## 命令と扉の見取り図（docs/MAP.md）をつくり直します
	@$(PYTHON_HERE) -m tools.map

pins: ready-to-test ## requirements*.in と package.json から固定版をつくり直します（通信が必要です）
	@$(PYTHON_HERE) -m tools.pins

ready:
	@sh tools/python -m tools.setup

ready-to-test:
	@sh tools/python -m tools.setup --dev

test-tools: ready-to-test
	@$(PYTHON_HERE) -m tools.get_test_tools
