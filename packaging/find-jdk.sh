# Finds a Java new enough for Minventory. Read by ./mvnw and ./minventory, runs by itself nowhere.
#
#   find_jdk java     sets and exports JAVA_HOME to a Java >= 25 that can run programs
#   find_jdk javac    the same, and it can also compile
#
# A JAVA_HOME that fits is kept. Otherwise: the Java of the PATH, then the usual folders.
# Where there is none, one sentence on standard error says what to install, and it returns 1.

minventory_java=25

# The major version of the Java in folder $1 (nothing if there is no Java).
jdk_major() {
  [ -x "$1/bin/java" ] || return 0
  jdk_version=
  if [ -r "$1/release" ]; then
    jdk_version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$jdk_version" ]; then
    jdk_version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  fi
  printf '%s\n' "$jdk_version"
}

# Does folder $1 hold a Java that is new enough, with the program $2?
jdk_fits() {
  [ -n "$1" ] && [ -x "$1/bin/$2" ] && [ "0$(jdk_major "$1")" -ge "$minventory_java" ]
}

# The folder of the java that the PATH names, through links and through version managers' stubs.
jdk_of_path() {
  jdk_java=$(command -v java) || return 0
  jdk_home=$(readlink -f "$jdk_java" 2>/dev/null) || jdk_home=
  jdk_home=${jdk_home%/bin/java}
  if [ ! -r "$jdk_home/release" ]; then
    jdk_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  fi
  printf '%s\n' "$jdk_home"
}

find_jdk() {
  jdk_fits "${JAVA_HOME-}" "$1" && return 0
  jdk_found=$(jdk_of_path)
  if ! jdk_fits "$jdk_found" "$1"; then
    jdk_found=
    for jdk_home in /usr/lib/jvm/* /usr/java/* /usr/local/*jdk* /opt/*jdk* /opt/java/* /opt/java \
      "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
      if jdk_fits "$jdk_home" "$1"; then
        jdk_found=$jdk_home
        break
      fi
    done
  fi
  if [ -z "$jdk_found" ]; then
    echo "Minventory needs a Java Development Kit $minventory_java or newer and found none:" \
      "install one (for instance Temurin, https://adoptium.net) or set JAVA_HOME to its folder." >&2
    return 1
  fi
  JAVA_HOME=$jdk_found
  export JAVA_HOME
}
