#!/bin/sh
# Installs the stand-ins for AWS that the adapters' suites run on, into DIR
# (.cache unless given). What is there already is left alone.
#
#   DIR/dynamodb/*.jar, *.so     DynamoDB Local; needs Java 17 or later to run
#   DIR/moto/bin/moto_server     moto: SQS, KMS, Step Functions; Python 3.9 or later
#
# Needs mvn and python3 with venv. Tests find DIR by MOTORPOOL_EMULATORS=DIR, or
# as .cache in the repository. See infra/emulators.
set -eu

dynamodb_local=3.1.0
moto=5.2.5

dir=${1:-$(dirname "$0")/../.cache}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)

need() {
	command -v "$1" >/dev/null || { echo "emulators: $1 is not installed; $2" >&2; exit 1; }
}

if [ ! -e "$dir/dynamodb/.$dynamodb_local" ]; then
	need java "install a Java runtime (Debian: default-jre-headless)"
	need mvn "install Maven (Debian: maven)"
	rm -rf "$dir/dynamodb" "$dir/dynamodb.new"
	mkdir "$dir/dynamodb.new"
	cat >"$dir/dynamodb.new/pom.xml" <<-POM
		<project xmlns="http://maven.apache.org/POM/4.0.0">
		  <modelVersion>4.0.0</modelVersion>
		  <groupId>motorpool</groupId><artifactId>emulators</artifactId><version>1</version><packaging>pom</packaging>
		  <dependencies><dependency>
		    <groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>$dynamodb_local</version>
		  </dependency></dependencies>
		</project>
	POM
	mvn -q -B -f "$dir/dynamodb.new/pom.xml" dependency:copy-dependencies \
		-DincludeScope=runtime -DoutputDirectory="$dir/dynamodb.new"
	touch "$dir/dynamodb.new/.$dynamodb_local"
	mv "$dir/dynamodb.new" "$dir/dynamodb"
fi

if [ ! -e "$dir/moto/.$moto" ]; then
	need python3 "install Python (Debian: python3-venv)"
	rm -rf "$dir/moto"
	python3 -m venv "$dir/moto"
	"$dir/moto/bin/pip" install -q --disable-pip-version-check "moto[server]==$moto"
	touch "$dir/moto/.$moto"
fi

echo "emulators: ready in $dir"
