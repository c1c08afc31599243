using System.Text.Json;

namespace ProvableSec.Tool.Tests.Deployments;

/// <summary>One secret is one finding, in <c>check</c> and <c>scan</c> alike, and neither shows it.</summary>
public sealed class DeployedSecretTests : IDisposable
{
    private static readonly Fresh Any = new(20261202);

    private readonly TemporaryFolder folder = new();

    private static string Template => $$"""
        Parameters:
          Pass: {Type: String, NoEcho: true, Default: {{Any.Password()}}}
        Resources:
          Db:
            Type: AWS::DocDB::DBCluster
            Properties:
              MasterUsername: app
              MasterUserPassword: {{Any.Password()}}
          Warehouse:
            Type: AWS::Redshift::Cluster
            Properties:
              MasterUserPassword: !Ref Pass
          Directory:
            Type: AWS::DirectoryService::MicrosoftAD
            Properties: {Name: corp.example.com, Password: "{{Any.Password()}}"}
          Function:
            Type: AWS::Lambda::Function
            Properties:
              Environment:
                Variables:
                  API_TOKEN: {{Any.Password()}}
                  KEY_ID: {{Any.AccessKeyId()}}
                  KEY: {{Any.SecretKey()}}
                  HSM_PASSWORD: {{Any.Password()}}
        """;

    [Fact]
    public void Check_and_scan_find_the_same_and_show_none()
    {
        string file = folder.Write("t.yaml", Template);
        string[] expected = ["2:47 PSEC1018", "8:27 PSEC1018", "15:53 PSEC1019", "21:22 PSEC1020", "22:19 PSEC1001", "24:25 PSEC1011"];
        Assert.Equal(expected, Places(ToolRun.Command("check", file, "--format", "json")));
        Assert.Equal(expected, Places(ToolRun.Command("scan", file, "--format", "json")));
        // The harness looks for the secrets in what each format writes.
        foreach (string format in (string[])["text", "sarif", "github"])
        {
            ToolRun run = ToolRun.Command("check", file, "--format", format);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("PSEC1019", run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_secret_has_one_fingerprint(bool isInRepository)
    {
        if (isInRepository)
        {
            Directory.CreateDirectory(folder[".git"]);
        }

        string template = folder.Write("infra/t.yaml", Template);
        string image = folder.Write("infra/hsm/Dockerfile", $"# é\nFROM cloudhsm\nENV HSM_PASSWORD=\"{Any.Password()}\" NPM_TOKEN={Any.Password()} OTHER_TOKEN={Any.Password()}\n");
        string top = Path.GetDirectoryName(Path.GetDirectoryName(template))!;
        foreach (string path in (string[])[template, image, Path.GetDirectoryName(template)!, top])
        {
            string[] scanned = Fingerprints(ToolRun.Command("scan", path, "--format", "json"));
            Assert.True(scanned.Length >= 3);
            Assert.Equal(scanned, Fingerprints(ToolRun.Command("check", path, "--format", "json")));
        }

        // The same name as in the report that a code host puts together.
        Assert.Equal(
            Partial(ToolRun.Command("scan", top, "--format", "sarif")),
            Partial(ToolRun.Command("check", top, "--format", "sarif")));
    }

    /// <summary>A state as Terraform prints it, on one line: what is around the finding is the secret.</summary>
    [Fact]
    public void The_value_of_an_output_is_not_shown()
    {
        string secret = Any.SecretKey();
        ToolRun run = ToolRun.Command("check", folder.Write("state.json",
            $$$"""{"format_version":"1.0","values":{"outputs":{"key":{"sensitive":false,"type":"string","value":"{{{secret}}}"}},"root_module":{"resources":[{"address":"aws_iam_access_key.k","type":"aws_iam_access_key","values":{"secret":"{{{secret}}}"} }]} } }"""));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("error PSEC2301: the output \"key\" exposes aws_iam_access_key.k.secret and is not sensitive", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, run.Output + run.Error, StringComparison.Ordinal);
    }

    /// <summary>The line of a parameter without NoEcho may hold its default.</summary>
    [Fact]
    public void A_line_with_a_secret_is_not_shown_for_another_finding()
    {
        ToolRun run = ToolRun.Command("check", folder.Write("t.json", $$$"""{"Parameters": {"DbPassword": {"Type": "String", "Default": "{{{Any.Password()}}}" } }, "Resources": {"T": {"Type": "AWS::SNS::Topic"} } }"""));
        Assert.Contains("warning PSEC2302", run.Output, StringComparison.Ordinal);
        Assert.Contains("error PSEC1018", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Topic", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_document_of_a_manifest_is_read()
    {
        string file = folder.Write("k.yaml", $$"""
            # The shop.
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {level: debug}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: shop}
            spec:
              containers:
                - name: shop
                  env:
                    - name: DB_PASSWORD
                      value: {{Any.Password()}}
            """);
        Assert.Equal(["16:18 PSEC1020"], Places(ToolRun.Command("check", file, "--format", "json")));
        Assert.Equal(["16:18 PSEC1020"], Places(ToolRun.Command("scan", file, "--format", "json")));
        Assert.Contains("0 policies in 0 files, 1 manifest: 1 warning", ToolRun.Command("check", file).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_and_its_entry_script_are_read()
    {
        folder.Write("hsm/Dockerfile", $"FROM cloudhsm\nENV HSM_PASSWORD=\"{Any.Password()}\" NPM_TOKEN={Any.Password()}\nCOPY customerCA.key /x/\n");
        string run = folder.Write("hsm/run.sh", "#!/bin/sh\n/opt/cloudhsm/bin/cloudhsm_client /opt/cloudhsm/etc/cloudhsm_client.cfg &\nexec java -jar app.jar\n");
        string path = Path.GetDirectoryName(run)!;
        Assert.Equal(["2:19 PSEC1011", "2:42 PSEC1020", "3:6 PSEC2311", "3:1 PSEC2313"], Places(ToolRun.Command("check", path, "--format", "json")));
        Assert.Equal(["2:19 PSEC1011", "2:42 PSEC1020"], Places(ToolRun.Command("scan", path, "--format", "json")));
        ToolRun text = ToolRun.Command("check", path);
        Assert.Contains("exec java -jar app.jar", text.Output, StringComparison.Ordinal);
        Assert.Contains("0 policies in 0 files, 2 manifests: 2 errors, 2 warnings", text.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Containers_without_secrets_have_no_findings()
    {
        string file = folder.Write("compose.yaml", "services:\n  shop:\n    image: shop\n    environment:\n      DB_PASSWORD: ${DB_PASSWORD}\n      DB_HOST: db\n");
        ToolRun run = ToolRun.Command("check", file);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal(0, ToolRun.Command("scan", file).ExitCode);
    }

    [Fact]
    public void An_allowed_fingerprint_is_not_reported_again()
    {
        string file = folder.Write("compose.yaml", $"services:\n  shop:\n    image: shop\n    environment:\n      DB_PASSWORD: {Any.Password()}\n");
        string fingerprint = JsonDocument.Parse(ToolRun.Command("scan", file, "--format", "json").Output).RootElement[0].GetProperty("fingerprint")
            .GetString()!;
        folder.Write(".provablesec-allowed", fingerprint + "  # a database of tests\n");
        Assert.Equal(0, ToolRun.Command("scan", file).ExitCode);
    }

    public void Dispose() => folder.Dispose();

    private static string[] Places(ToolRun run) =>
        [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
            .Select(finding =>
            $"{finding.GetProperty("line").GetInt32()}:{finding.GetProperty("column").GetInt32()} {finding.GetProperty("rule").GetString()}")];

    private static string[] Fingerprints(ToolRun run) => [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()
        .Select(finding =>
            $"{finding.GetProperty("file").GetString()}:{finding.GetProperty("line").GetInt32()} {finding.GetProperty("rule").GetString()} {finding.GetProperty("fingerprint").GetString()}").Order(StringComparer.Ordinal)];

    private static string[] Partial(ToolRun run) => [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("runs")[0].GetProperty("results")
        .EnumerateArray()
        .Select(result => result.GetProperty("partialFingerprints").GetProperty("credential/v1").GetString()!).Order(StringComparer.Ordinal)];
}
