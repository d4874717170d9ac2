# Sourced by mvnw and nightshift: find_jdk exports the JAVA_HOME of a JDK that can build and run Nightshift.
#
# In this order: JAVA_HOME, the java on PATH, then the folders where systems keep their JDKs. What was looked at and
# refused is remembered, so that the error can say why. Nothing is started: each JDK tells its version in a file.

JDK_MINIMUM=17
jdk_refused=

# jdk_version HOME: prints the feature release (8, 17, 25), or nothing when HOME does not tell.
jdk_version() {
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release" 2>/dev/null
}

# try_jdk HOME SOURCE: true when HOME is a JDK new enough, and then JAVA_HOME is set to it.
try_jdk() {
    jdk_release=$(jdk_version "$1")
    if [ ! -x "$1/bin/java" ]; then
        jdk_why="no bin/java in it"
    elif [ -z "$jdk_release" ]; then
        jdk_why="does not tell its version (no readable file named release)"
    elif [ "$jdk_release" -lt "$JDK_MINIMUM" ]; then
        jdk_why="Java $jdk_release, older than $JDK_MINIMUM"
    elif [ ! -x "$1/bin/javac" ]; then
        jdk_why="Java $jdk_release, but a runtime only (JRE): it has no compiler"
    else
        JAVA_HOME=$1
        export JAVA_HOME
        return 0
    fi
    jdk_refused="$jdk_refused
  $1 ($2): $jdk_why"
    return 1
}

# The home of the java on PATH, behind any chain of links; nothing when there is none.
java_on_path() {
    jdk_java=$(command -v java) || return 0
    jdk_java=$(readlink -f "$jdk_java" 2>/dev/null || printf '%s' "$jdk_java")
    dirname "$(dirname "$jdk_java")"
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ]; then
        try_jdk "$JAVA_HOME" "JAVA_HOME" && return 0
    fi
    jdk_home=$(java_on_path)
    if [ -n "$jdk_home" ]; then
        try_jdk "$jdk_home" "java on PATH" && jdk_note && return 0
    fi
    for jdk_folder in ${JDK_FOLDERS:-/usr/lib/jvm /Library/Java/JavaVirtualMachines}; do
        for jdk_home in "$jdk_folder"/* "$jdk_folder"/*/Contents/Home; do
            [ -d "$jdk_home/bin" ] || continue
            try_jdk "$jdk_home" "installed" && jdk_note && return 0
        done
    done
    jdk_error
    return 1
}

# A JAVA_HOME that was set and not used would surprise: say so.
jdk_note() {
    case $jdk_refused in
        *"(JAVA_HOME)"*) printf 'Note: not using JAVA_HOME%s\n  Using %s instead.\n' "$jdk_refused" "$JAVA_HOME" >&2 ;;
    esac
}

jdk_error() {
    {
        printf 'Nightshift needs a JDK (not only a JRE), version %s or later, and found none.\n' "$JDK_MINIMUM"
        [ -z "$jdk_refused" ] || printf 'Looked at:%s\n' "$jdk_refused"
        printf 'Remedy: install one (Debian, Ubuntu: apt install openjdk-17-jdk-headless; Fedora: dnf install\n'
        printf 'java-21-openjdk-devel; macOS: brew install openjdk) or point JAVA_HOME at one, and try again.\n'
    } >&2
}
