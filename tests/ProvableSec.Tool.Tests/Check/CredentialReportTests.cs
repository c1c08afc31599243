using System.Text.Json;

namespace ProvableSec.Tool.Tests.Check;

/// <summary><c>check</c> on what <c>aws iam get-credential-report</c> gives.</summary>
public sealed class CredentialReportTests : IDisposable
{
    private const string Header = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,"
        + "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
        + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n";

    private const string NoKeys = "false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,no_information,not_supported,not_supported,true,true,2026-11-01T00:00:00+00:00,2026-11-20T00:00:00+00:00,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n", "PSEC2201 /<root_account>/access_key_1_active true")]
    [InlineData("<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,2020-02-01T00:00:00+00:00,not_supported,not_supported,false," + NoKeys, "PSEC2202 /<root_account>/mfa_active false")]
    [InlineData("<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,false,N/A,N/A,N/A,false," + NoKeys, "")]
    [InlineData("<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,N/A,not_supported,not_supported,true," + NoKeys, "")]
    [InlineData("alice,arn:aws:iam::111122223333:user/alice,2020-01-01T00:00:00+00:00,true,2026-11-20T00:00:00+00:00,2020-01-01T00:00:00+00:00,N/A,false," + NoKeys, "PSEC2203 /alice/mfa_active false")]
    [InlineData("alice,arn:aws:iam::111122223333:user/alice,2020-01-01T00:00:00+00:00,true,2026-11-20T00:00:00+00:00,2020-01-01T00:00:00+00:00,N/A,true," + NoKeys, "")]
    [InlineData("alice,arn:aws:iam::111122223333:user/alice,2020-01-01T00:00:00+00:00,true,2026-06-20T00:00:00+00:00,2020-01-01T00:00:00+00:00,N/A,true," + NoKeys, "PSEC2205 /alice/password_last_used 2026-06-20T00:00:00+00:00")]
    [InlineData("alice,arn:aws:iam::111122223333:user/alice,2020-01-01T00:00:00+00:00,true,no_information,2026-11-01T00:00:00+00:00,N/A,true," + NoKeys, "")]
    [InlineData("\"a,b\",\"arn:aws:iam::111122223333:user/a,b\",2020-01-01T00:00:00+00:00,true,no_information,2026-01-01T00:00:00+00:00,N/A,true," + NoKeys, "PSEC2205 /a,b/password_last_used no_information")]
    [InlineData("ci,arn:aws:iam::111122223333:user/ci,2020-01-01T00:00:00+00:00,false,N/A,N/A,N/A,false,true,2026-08-01T00:00:00+00:00,2026-11-20T00:00:00+00:00,eu-west-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n", "PSEC2207 /ci/access_key_1_active true\nPSEC2204 /ci/access_key_1_last_rotated 2026-08-01T00:00:00+00:00")]
    [InlineData("ci,arn:aws:iam::111122223333:user/ci,2020-01-01T00:00:00+00:00,false,N/A,N/A,N/A,false,true,2026-09-01T00:00:00+00:00,2026-11-20T00:00:00+00:00,eu-west-1,s3,false,2020-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,false,N/A\n", "PSEC2207 /ci/access_key_1_active true")]
    [InlineData("ci,arn:aws:iam::111122223333:user/ci,2020-01-01T00:00:00+00:00,true,2026-11-20T00:00:00+00:00,2020-01-01T00:00:00+00:00,N/A,true,true,2026-09-01T00:00:00+00:00,2026-11-20T00:00:00+00:00,eu-west-1,s3,true,2026-09-01T00:00:00+00:00,2026-11-20T00:00:00+00:00,eu-west-1,s3,false,N/A,false,N/A\n", "PSEC2206 /ci/access_key_2_active true")]
    public void A_value_is_found_where_it_stands(string line, string expected)
    {
        string file = folder.Write("report.csv", Header + line);
        ToolRun run = ToolRun.Command("check", file, "--as-of", "2026-11-28", "--format", "json");
        Assert.Equal(expected, string.Join('\n', JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Select(finding =>
        {
            int column = finding.GetProperty("column").GetInt32();
            Assert.Equal(2, finding.GetProperty("line").GetInt32());
            return $"{finding.GetProperty("rule").GetString()} {finding.GetProperty("pointer").GetString()} {line[(column - 1)..(finding.GetProperty("endColumn").GetInt32() - 1)]}";
        })));
        // Findings of 2206 and 2207 are infos.
        Assert.Equal(expected.Replace("PSEC2206", "", StringComparison.Ordinal).Replace("PSEC2207", "", StringComparison.Ordinal)
            .Contains("PSEC", StringComparison.Ordinal) ? 1 : 0, run.ExitCode);
        Assert.Contains("1 credential report", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_none_is_told_of_and_the_others_are_checked()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("report.csv", Header + "bob,arn\nalice,arn:aws:iam::111122223333:user/alice,2020-01-01T00:00:00+00:00,true,2026-11-20T00:00:00+00:00,2020-01-01T00:00:00+00:00,N/A,false," + NoKeys), "--as-of", "2026-11-28");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("report.csv:2:1: the line has 2 values; expected 22 as in the first", run.Error, StringComparison.Ordinal);
        Assert.Contains("report.csv:3:", run.Output, StringComparison.Ordinal);
        Assert.Contains("warning PSEC2203: \"alice\" signs in without MFA", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_table_is_passed_over()
    {
        folder.Write("policies/p.json", """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}}""");
        ToolRun run = ToolRun.Command("check", Path.GetDirectoryName(folder.Write("policies/numbers.csv", "a,b\n1,2\n"))!, "--fail-on", "error");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(" · 1 file without policies · ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_can_be_waived_and_explained()
    {
        string file = folder.Write("report.csv", Header + "<root_account>,arn:aws:iam::111122223333:root,2020-01-01T00:00:00+00:00,not_supported,N/A,not_supported,not_supported,false," + NoKeys);
        string waivers =
            folder.Write("waivers.json",
            JsonSerializer.Serialize(
            new[] { new { rule = "PSEC2202", file, pointer = "/<root_account>", reason = "the device is ordered", until = "2999-01-31" } }));
        Assert.Equal(0, ToolRun.Command("check", file, "--waivers", waivers).ExitCode);
        Assert.Equal(0, ToolRun.Command("check", file, "--ignore", "PSEC2202").ExitCode);
        Assert.Contains("Root user without MFA", ToolRun.Command("explain", "PSEC2202").Output, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
