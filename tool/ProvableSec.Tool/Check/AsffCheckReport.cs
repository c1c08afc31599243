using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProvableSec.Rules;
using ProvableSec.Tool.Checking;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Check;

/// <summary>
/// The input of Security Hub's BatchImportFindings: the AWS Security Finding Format, version 2018-10-08 (AWS Security Hub User Guide, "Required top-level
/// ASFF attributes"). Ids stay the same from run to run, so that an import updates what is known.
/// </summary>
/// <param name="account">The account that imports.</param>
/// <param name="region">The Region it imports in.</param>
/// <param name="now">When the findings were made.</param>
internal sealed class AsffCheckReport(string account, string region, DateTimeOffset now) : IReport<CheckResult>
{
    // Security Hub's limits of Title, Description and Remediation text.
    private const int MostTitle = 256, MostDescription = 1024, MostRemediation = 512;

    public void Write(CheckResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("Findings");
            // Findings about equal values share a fingerprint; an import takes one finding of an id.
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (CheckFinding located in result.Findings)
            {
                int before = seen.GetValueOrDefault(located.Fingerprint);
                seen[located.Fingerprint] = before + 1;
                Write(json, located, before > 0 ? string.Create(CultureInfo.InvariantCulture, $"{located.Fingerprint}:{before}") : located.Fingerprint);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }

    private void Write(Utf8JsonWriter json, CheckFinding located, string name)
    {
        Rule rule = located.Finding.Rule;
        string time = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("SchemaVersion", "2018-10-08");
        json.WriteString("Id", "provablesec/" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32]);
        json.WriteString("ProductArn", $"arn:{Partition(region)}:securityhub:{region}:{account}:product/{account}/default");
        json.WriteString("GeneratorId", "provablesec/" + rule.Id);
        json.WriteString("AwsAccountId", account);
        json.WriteStartArray("Types");
        json.WriteStringValue(rule.IsAboutAccess ? "Software and Configuration Checks/AWS Security Best Practices" : "Software and Configuration Checks");
        json.WriteEndArray();
        json.WriteString("CreatedAt", time);
        json.WriteString("UpdatedAt", time);
        json.WriteStartObject("Severity");
        json.WriteString("Label", located.Finding.Severity switch
        {
            RuleSeverity.Error => "HIGH",
            RuleSeverity.Warning => "MEDIUM",
            _ => "INFORMATIONAL",
        });
        json.WriteString("Original", located.Finding.Severity.ToString());
        json.WriteEndObject();
        json.WriteString("Title", Cut($"{rule.Id} {rule.Title}", MostTitle));
        json.WriteString("Description", Cut($"{located.Source.Name}:{located.Place.Start}: {located.Finding.Message.TrimEnd('?')}. {rule.Why}",
            MostDescription));
        json.WriteStartObject("Remediation");
        json.WriteStartObject("Recommendation");
        json.WriteString("Text", Cut(rule.Remedy, MostRemediation));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("ProductFields");
        json.WriteString("provablesec/File", located.Source.Name);
        json.WriteString("provablesec/Pointer", located.Finding.Pointer.Length > 0 ? located.Finding.Pointer : "/");
        json.WriteString("provablesec/AccessAnalyzer", rule.AccessAnalyzer ?? "none");
        json.WriteEndObject();
        json.WriteStartArray("Resources");
        json.WriteStartObject();
        json.WriteString("Type", "Other");
        json.WriteString("Id", located.Policy.Owner.StartsWith("arn:", StringComparison.Ordinal) ? located.Policy.Owner
            : $"{located.Source.Name}{located.Policy.Pointer}");
        json.WriteString("Partition", Partition(region));
        json.WriteString("Region", region);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("RecordState", "ACTIVE");
        json.WriteEndObject();
    }

    private static string Partition(string region) => region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";
}
