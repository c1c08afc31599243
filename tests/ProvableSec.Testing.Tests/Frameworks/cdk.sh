#!/usr/bin/env bash
# A clean xunit project with a stack of the real CDK, which runs in Node: claims about what it synthesizes to.
#   ./cdk.sh [CONFIGURATION]    Release unless told; the solution must have been built in it
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../../../samples/packed.sh"
packages "${1:-Release}" ServiceData Policy Reasoning Rules Rules.Yaml Testing
mkdir "$work/cdk"
cd "$work/cdk"
cat >cdk.csproj <<END
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
    <UseMicrosoftTestingPlatformRunner>true</UseMicrosoftTestingPlatformRunner>
    <!-- The source of these tests has another patch of what the CDK asks for. -->
    <NoWarn>\$(NoWarn);NU1603</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="xunit.v3" Version="4.0.2" /><PackageReference Include="Amazon.CDK.Lib" Version="2.160.0" />
    <PackageReference Include="ProvableSec.Testing" Version="$ProvableSecVersion" />
    <Using Include="Xunit" />
  </ItemGroup>
</Project>
END
cat >StackTests.cs <<'END'
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.S3;
using ProvableSec.Testing;

public class StackTests
{
    private static readonly TemplatePolicies Orders = Policies.FromCdk(Synthesized()).DeployedTo("111122223333", "eu-west-1");

    [Fact] public void Green() => Orders.Role("AppRole").ShouldNeverAllow(["s3:PutObject", "iam:*"]);

    [Fact] public void Red() => Orders.Roles.ShouldNeverAllow("s3:GetObject");

    private static Stack Synthesized()
    {
        var stack = new Stack(new App(), "Orders");
        var role = new Role(stack, "AppRole", new RoleProps { AssumedBy = new ServicePrincipal("lambda.amazonaws.com") });
        new Bucket(stack, "Reports").GrantRead(role);
        return stack;
    }
}
END
local_feed
dotnet build --no-restore --verbosity quiet -tl:off -p:UseSharedCompilation=false >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 2; }
dotnet bin/Debug/net10.0/cdk.dll --parallel none --no-ansi --progress off >"$work/tests.log" 2>&1 || true
grep -oE '^failed [A-Za-z._]+|[A-Za-z0-9]+ \(the stack [A-Za-z]+\) should .*' "$work/tests.log" | sed -E 's/(AppRole)[0-9A-F]{8}/\1/' || true
awk '/^  (total|failed|succeeded):/{printf "%s%s %s", between, $1, $2; between=", "} END{print ""}' "$work/tests.log"
