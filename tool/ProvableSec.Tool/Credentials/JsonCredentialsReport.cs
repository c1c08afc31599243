using System.Text.Json;
using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Policies;
using ProvableSec.Rules.ProgrammaticAccess;
using ProvableSec.Rules.Reach;
using ProvableSec.Tool.Escalation;
using ProvableSec.Tool.Records;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Terminal;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Credentials;

/// <summary>The list as one JSON object, each thing that is reached with a request.</summary>
internal sealed class JsonCredentialsReport : IReport<CredentialsResult>
{
    public void Write(CredentialsResult result, CommandConsole console)
    {
        console.OutputText.Flush();
        using (var json = new Utf8JsonWriter(console.Output, SarifWriter.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteStartArray("credentials");
            foreach (CredentialEntry entry in result.List.Entries)
            {
                Write(json, entry);
            }

            json.WriteEndArray();
            json.WriteStartArray("account");
            foreach ((PolicyFinding finding, string file) in result.Account)
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                Write(json, finding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("withoutCredentials", result.List.WithoutCredentials);
            JsonRecord.Write(json, "notes", result.Notes);
            json.WriteEndObject();
        }

        console.Output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, CredentialEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("principal", entry.Principal);
        json.WriteString("holder", entry.Holder switch { CredentialHolder.Root => "root", CredentialHolder.PublicRole => "public-role", _ => "user" });
        WriteReach(json, entry.Reach);
        if (entry.Reported is { } user)
        {
            json.WriteBoolean("password", user.HasPassword);
            json.WriteBoolean("mfa", user.HasMfa);
            Number(json, "passwordLastUsedDays", user.PasswordLastUsed);
            json.WriteStartArray("accessKeys");
            foreach (ReportedKey key in user.Keys)
            {
                json.WriteStartObject();
                json.WriteNumber("number", key.Number);
                Number(json, "ageDays", key.Age);
                Number(json, "lastUsedDays", key.LastUsed);
                json.WriteString("lastUsedService", key.Service);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (entry.Unused is { } advisor)
        {
            JsonRecord.Write(json, "unusedServices", advisor.Unused);
        }

        json.WriteStartArray("findings");
        foreach (PolicyFinding finding in entry.Findings)
        {
            json.WriteStartObject();
            Write(json, finding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteReach(Utf8JsonWriter json, PrincipalReach reach)
    {
        json.WriteStartObject("reach");
        json.WriteString("level", reach.Level switch
        {
            ReachLevel.Administrator => "administrator",
            ReachLevel.Permissions => "permissions",
            ReachLevel.Writes => "write",
            ReachLevel.Reads => "read",
            _ => "none",
        });
        EscalationJson.WriteSteps(json, "path", reach.Chain);
        json.WriteStartArray("services");
        foreach (ServiceReach service in reach.Services)
        {
            json.WriteStartObject();
            json.WriteString("level", service.Level switch { ReachLevel.Permissions => "permissions", ReachLevel.Writes => "write", _ => "read" });
            json.WriteString("service", service.Service);
            json.WriteString("as", service.As);
            json.WritePropertyName("witness");
            AnswerJson.WriteWitness(json, service.Witness);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("allServicesAsked", reach.More.Count == 0);
        EscalationJson.WriteSteps(json, "open", reach.Open);
        JsonRecord.Write(json, "unknown", reach.Unknown);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PolicyFinding finding)
    {
        json.WriteString("rule", finding.Rule.Id);
        json.WriteString("severity", VerdictWords.Of(finding.Severity));
        json.WriteString("message", finding.Message);
        json.WriteString("remedy", finding.Rule.Remedy);
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
