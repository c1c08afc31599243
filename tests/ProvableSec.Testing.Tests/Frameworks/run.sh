#!/usr/bin/env bash
# Clean projects of NUnit and MSTest with the packages of this checkout: a claim that fails and one that is proved.
#   ./run.sh [CONFIGURATION]    Release unless told; the solution must have been built in it
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../../../samples/packed.sh"
packages "${1:-Release}" ServiceData Policy Reasoning Rules Rules.Yaml Testing
role='{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::reports/*"}]}'

# project NAME PACKAGES PROPERTIES USING CLASS_ATTRIBUTE TEST_ATTRIBUTE
project() {
  mkdir -p "$work/$1/policies"
  cd "$work/$1"
  echo "$role" >policies/role.json
  cat >global.json <<END
{ "test": { "runner": "Microsoft.Testing.Platform" } }
END
  cat >"$1.csproj" <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>$3</PropertyGroup>
  <ItemGroup>$2<PackageReference Include="ProvableSec.Testing" Version="$ProvableSecVersion" /></ItemGroup>
</Project>
END
  cat >RoleTests.cs <<END
using $4;
using ProvableSec.Testing;

$5public class RoleTests
{
    [$6] public void Red() => Policies.Load("policies/role.json").ShouldAllowOnly("s3:GetObject");
    [$6] public void Green() => Policies.Load("policies/role.json").ShouldNeverAllow("s3:PutObject");
}
END
  local_feed
  show "$1"
}

# Builds, runs, and prints what a reader sees first of the failure, the place that test windows link to, and the count.
show() {
  dotnet build --no-restore --verbosity quiet -tl:off -p:UseSharedCompilation=false >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }
  dotnet "bin/Debug/net10.0/$1.dll" --no-ansi --progress off >"$work/tests.log" 2>&1 || true
  echo "$1"
  grep -oE 'should .*, but .*|Allowed by policies/role.json:[0-9]+.*|at statement .* in .*/policies/role.json:line [0-9]+' "$work/tests.log" | sed "s|in .*/policies|in …/policies|" | awk '!seen[$0]++'
  awk '/^  (total|failed|succeeded|skipped):/{printf "%s%s %s", between, $1, $2; between=", "} END{print ""}' "$work/tests.log"
}

project NUnitTests '<PackageReference Include="NUnit" Version="4.6.1" /><PackageReference Include="NUnit3TestAdapter" Version="6.3.1" />' '<EnableNUnitRunner>true</EnableNUnitRunner>' NUnit.Framework '' Test
project MSTestTests '<PackageReference Include="MSTest.TestFramework" Version="4.4.1" /><PackageReference Include="MSTest.TestAdapter" Version="4.4.1" />' '<EnableMSTestRunner>true</EnableMSTestRunner>' Microsoft.VisualStudio.TestTools.UnitTesting '[TestClass] ' TestMethod
