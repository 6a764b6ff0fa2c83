#!/usr/bin/env bash
# The same work by newsdesk and by other programs, as far as they are installed: seconds of time, the least
# of several runs, and how many times as long the other one takes. Files are in the page cache.
#
#     benches/peers.sh [ARTICLES [FEEDS]]     # 100,000 and 300, unless said otherwise
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

articles=${1:-100000}
feeds=${2:-300}
rounds=3

cargo build --release --quiet --bin newsdesk --example generate
target=${CARGO_TARGET_DIR:-target}/release
folder=$(mktemp -d)
server=
trap 'if [[ $server ]]; then kill "$server"; fi; rm -rf "$folder"' EXIT

# A home of its own, so that nothing of the person's is read or written.
export HOME=$folder/home
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME NEWSDESK_CONFIG
mkdir -p "$HOME"

has() { command -v "$1" >/dev/null; }

# The least seconds that a command takes; before each run, the function `reset` puts back what it changes.
reset() { :; }
least() {
    local best= start end
    for ((round = 0; round < rounds; round++)); do
        reset
        start=$EPOCHREALTIME
        "$@" >"$folder/out" 2>&1 || true
        end=$EPOCHREALTIME
        best=$(awk -v a="$start" -v b="$end" -v c="$best" \
            'BEGIN { t = b - a; print (c == "" || t < c) ? t : c }')
    done
    printf '%s' "$best"
}

# row WHAT OURS NAME THEIRS
row() {
    awk -v what="$1" -v ours="$2" -v name="$3" -v theirs="$4" \
        'BEGIN { printf "| %s | %.2f s | %s | %.2f s | %.1f |\n", what, ours, name, theirs, theirs / ours }'
}

printf '| %s articles, %s feeds | newsdesk | beside it | | times as long |\n' "$articles" "$feeds"
printf '| --- | --- | --- | --- | --- |\n'

library=$folder/library
"$target/examples/generate" "$library" "$articles"
"$target/newsdesk" count "$library" >/dev/null

ours=$(least "$target/newsdesk" count "$library")
row 'all articles counted, no snapshot' "$ours" find "$(least find "$library" -type f -newermt 2000-01-01)"

ours=$(least "$target/newsdesk" count -q body:lidar "$library")
for name in rg grep; do
    has $name || continue
    case $name in
        rg) theirs=$(least rg --files-with-matches --ignore-case --fixed-strings lidar "$library") ;;
        *) theirs=$(least grep -rliF lidar "$library") ;;
    esac
    row 'a word in all texts, no snapshot' "$ours" "$name" "$theirs"
done

if has notmuch || has neomutt; then
    # A mail for each article: its title, provider and date.
    mkdir -p "$folder/mail/cur" "$folder/mail/new" "$folder/mail/tmp"
    find "$library" -name '*.md' -print0 | xargs -0 awk -v to="$folder/mail/cur" '
        FNR == 1 {
            if (name) close(name)
            name = FILENAME ".news:2,"
            sub(/.*\//, "", name)
            id = name
            name = to "/" name
            title = "none"
        }
        /^title: / && title == "none" {
            title = substr($0, 8)
            printf "From: News <news@a.example>\nTo: you@a.example\nSubject: %s\n", title >name
            printf "Date: Sun, 02 Jan 2022 10:00:00 +0000\nMessage-ID: <%s@a.example>\n\n", id >name
        }
        { print >name }'
fi
if has notmuch; then
    export NOTMUCH_CONFIG=$folder/notmuch
    printf '[database]\npath=%s\n' "$folder/mail" >"$NOTMUCH_CONFIG"
    reset() { rm -rf "$folder/mail/.notmuch" "$HOME/.cache"; }
    theirs=$(least notmuch new)
    ours=$(least "$target/newsdesk" count -q lidar "$library")
    row 'the first search, with whatever index that takes' "$ours" 'notmuch new' "$theirs"
    reset() { :; }
fi
if has neomutt; then
    theirs=$(least script -qec "neomutt -n -R -F /dev/null -f $folder/mail -e 'push <exit>'" /dev/null)
    ours=$(least "$target/newsdesk" list "$library")
    row 'all articles listed' "$ours" neomutt "$theirs"
fi

if has bulletty && has script; then
    # A feed whose entries are the articles, as files of its own form.
    entries=$HOME/.local/share/bulletty/categories/General/news
    mkdir -p "$entries"
    for field in title description url feed_url author slug; do printf '%s = "news"\n' $field; done >"$entries/.feed.toml"
    printf 'lastupdated = "2022-01-02T10:00:00Z"\n' >>"$entries/.feed.toml"
    find "$library" -name '*.md' -print0 | xargs -0 awk -v to="$entries" '
        function value(line) { sub(/^[A-Za-z]+: /, "", line); gsub(/"/, "", line); return "\"" line "\"" }
        function entry() {
            printf "+++\ntitle = %s\ndescription = %s\ndate = %s\nurl = %s\n", title, excerpt, date, url >name
            printf "author = \"news\"\ntext = \"\"\nlastupdated = %s\nseen = false\n+++\n%s\n", date, text >name
            close(name)
        }
        FNR == 1 {
            if (name) entry()
            name = FILENAME
            sub(/.*\//, "", name)
            name = to "/" name
            title = excerpt = date = url = "\"\""; fences = 0; text = ""
        }
        fences < 2 && /^title: / { title = value($0) }
        fences < 2 && /^excerpt: / { excerpt = value($0) }
        fences < 2 && /^originalUrl: / { url = value($0) }
        fences < 2 && /^publishedDateTime: / { date = value($0) }
        /^---$/ { fences++; next }
        fences >= 2 { text = text "\n" $0 }
        END { entry() }'
    start_bulletty() { printf q | script -qec bulletty /dev/null; }
    theirs=$(least start_bulletty)
    ours=$(least "$target/newsdesk" count "$library")
    row 'all articles read at the start' "$ours" bulletty "$theirs"
fi

if has newsboat && has python3; then
    mkdir -p "$folder/feeds" "$HOME/.config/newsdesk" "$HOME/.newsboat" "$HOME/news"
    for ((feed = 1; feed <= feeds; feed++)); do
        {
            printf '<rss version="2.0"><channel><title>Feed %s</title>\n' "$feed"
            for ((entry = 1; entry <= 30; entry++)); do
                printf '<item><title>Entry %s of %s</title><guid>%s-%s</guid><link>http://127.0.0.1/%s/%s</link>' \
                    "$entry" "$feed" "$feed" "$entry" "$feed" "$entry"
                printf '<pubDate>Sun, 02 Jan 2022 10:00:00 GMT</pubDate><description>Text.</description></item>\n'
            done
            printf '</channel></rss>\n'
        } >"$folder/feeds/$feed.xml"
    done
    python3 -u -m http.server --bind 127.0.0.1 --directory "$folder/feeds" 0 >"$folder/server" 2>&1 &
    server=$!
    until port=$(grep -oE 'port [0-9]+' "$folder/server"); do sleep 0.1; done
    port=${port#port }
    printf 'library = ["%s"]\n' "$HOME/news" >"$HOME/.config/newsdesk/config.toml"
    for ((feed = 1; feed <= feeds; feed++)); do
        printf 'http://127.0.0.1:%s/%s.xml\n' "$port" "$feed"
    done >"$HOME/.newsboat/urls"
    "$target/newsdesk" feeds import "$HOME/.newsboat/urls" >/dev/null
    reset() { rm -rf "$HOME/news" "$HOME/.local" "$HOME/.cache" "$HOME/.newsboat/cache.db"; mkdir "$HOME/news"; }
    ours=$(least "$target/newsdesk" fetch --all)
    theirs=$(least newsboat -x reload)
    row "$feeds feeds of 30 entries, all new" "$ours" newsboat "$theirs"
    reset() { :; }
    ours=$(least "$target/newsdesk" fetch --all)
    theirs=$(least newsboat -x reload)
    row 'the same again, nothing new' "$ours" newsboat "$theirs"
fi
