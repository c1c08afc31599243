using System.Text.Encodings.Web;
using System.Text.Json;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Tool.Init;

/// <summary>The configuration that <c>init</c> writes, and the page beside it.</summary>
/// <param name="found">What there is.</param>
/// <param name="prefix">What stands before the paths of it where the configuration is written.</param>
internal sealed class StarterConfiguration(FoundDocuments found, string prefix)
{
    private const string Principals = "principals", Deployed = "deployed", Resources = "resources", Guardians = "guardians";

    private static readonly string[] Guardrails =
    [
        "organizations:LeaveOrganization", "organizations:DetachPolicy", "organizations:DeletePolicy", "organizations:UpdatePolicy", "account:CloseAccount",
        "cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail", "config:StopConfigurationRecorder", "config:DeleteConfigurationRecorder",
            "guardduty:DeleteDetector",
    ];

    private static readonly string[] Escalation =
    [
        "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:AttachUserPolicy", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:PutUserPolicy",
            "iam:PutGroupPolicy",
        "iam:PutRolePolicy", "iam:AddUserToGroup", "iam:UpdateAssumeRolePolicy", "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile",
    ];

    private readonly string[] identity = [.. found.Policies.Where(policy => policy.Type == PolicyType.Identity).Select(policy => prefix + policy.Path)];
    private readonly string[] resource = [.. found.Policies.Where(policy => policy.Type == PolicyType.Resource).Select(policy => prefix + policy.Path)];

    private bool HasResources => found.ResourceAnswers.Count + found.ResourceTemplates.Count + resource.Length > 0;

    /// <summary>The properties: id, claim, and why.</summary>
    public IEnumerable<(string Id, string Says, string Why)> Properties()
    {
        if (found.Dumps.Count > 0)
        {
            yield return ("guardrails-stay", "Nobody but the guardians changes the guardrails",
                "Whoever stops a trail or leaves the organization can do the rest unseen.");
            yield return ("no-escalation", "Nobody but the guardians gives themselves or others more access",
                "A permission to grant permissions is every permission.");
        }

        if (found.RoleTemplates.Count > 0)
        {
            yield return ("deployed-roles-spare-guardrails", "No role of a template or plan changes the guardrails",
                "Whoever stops a trail or leaves the organization can do the rest unseen.");
            yield return ("deployed-roles-do-not-escalate", "No role of a template or plan gives itself or others more access",
                "A permission to grant permissions is every permission.");
        }

        if (identity.Length > 0)
        {
            yield return ("policies-spare-guardrails", "No identity policy lets its holder change the guardrails",
                "Whoever stops a trail or leaves the organization can do the rest unseen.");
            yield return ("policies-do-not-escalate", "No identity policy lets its holder give themselves or others more access",
                "A permission to grant permissions is every permission.");
        }

        if (HasResources)
        {
            yield return ("nothing-is-public", "No resource policy gives access to everybody", "What anybody may read, somebody reads.");
        }
    }

    /// <summary>The configuration as JSON.</summary>
    public byte[] Json()
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            if (found.Dumps.Count > 0)
            {
                json.WriteStartObject("variables");
                Strings(json, Guardians, found.Administrators.Count > 0 ? found.Administrators
                    : ["arn:*:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_AdministratorAccess_*"]);
                json.WriteEndObject();
            }

            if (found.Organizations.Count > 0)
            {
                json.WriteString("organization", prefix + found.Organizations[0]);
            }

            WriteDocuments(json);
            WriteStacks(json);
            json.WriteStartArray("properties");
            foreach ((string id, string says, string why) in Properties())
            {
                WriteProperty(json, id, says, why);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.ToArray();
    }

    private void WriteDocuments(Utf8JsonWriter json)
    {
        json.WriteStartArray("documents");
        foreach (IGrouping<PolicyType, string> type in found.Policies.GroupBy(policy => policy.Type, policy => prefix + policy.Path)
            .OrderBy(group => group.Key))
        {
            json.WriteStartObject();
            Strings(json, "files", [.. type]);
            json.WriteString("type", QuestionNames.NameOf(type.Key));
            json.WriteBoolean("check", true);
            json.WriteEndObject();
        }

        string[] others = [.. found.Templates.Concat(found.Dumps).Concat(found.ResourceAnswers).Select(path => prefix + path).Order(StringComparer.Ordinal)];
        if (others.Length > 0)
        {
            json.WriteStartObject();
            Strings(json, "files", others);
            json.WriteBoolean("check", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteStacks(Utf8JsonWriter json)
    {
        if (found.Dumps.Count + found.RoleTemplates.Count == 0 && !HasResources)
        {
            return;
        }

        json.WriteStartObject("stacks");
        if (found.Dumps.Count > 0)
        {
            json.WriteStartObject(Principals);
            json.WriteString("each", "principal");
            Strings(json, "files", [.. found.Dumps.Select(path => prefix + path)]);
            json.WriteEndObject();
        }

        if (found.RoleTemplates.Count > 0)
        {
            json.WriteStartObject(Deployed);
            json.WriteString("each", "role");
            Strings(json, "files", [.. found.RoleTemplates.Select(path => prefix + path)]);
            json.WriteEndObject();
        }

        if (HasResources)
        {
            json.WriteStartObject(Resources);
            json.WriteString("each", "resource");
            Strings(json, "files", [.. found.ResourceAnswers.Concat(found.ResourceTemplates).Select(path => prefix + path), .. resource]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteProperty(Utf8JsonWriter json, string id, string says, string why)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("says", says);
        json.WriteString("rationale", why);
        json.WriteString("question", id == "nothing-is-public" ? "no-public-access" : "not-granted");
        switch (id)
        {
            case "nothing-is-public":
                Strings(json, "stacks", [Resources]);
                break;
            case "guardrails-stay" or "no-escalation":
                Strings(json, "stacks", [Principals]);
                if (found.Administrators.Count > 0)
                {
                    // One that matches nobody would be a mistake.
                    Strings(json, "except", [$"{{{{{Guardians}}}}}"]);
                }

                WriteForbidden(json, id == "no-escalation" ? Escalation : Guardrails);
                break;
            case "deployed-roles-spare-guardrails" or "deployed-roles-do-not-escalate":
                Strings(json, "stacks", [Deployed]);
                WriteForbidden(json, id == "deployed-roles-do-not-escalate" ? Escalation : Guardrails);
                break;
            default:
                Strings(json, "policies", identity);
                WriteForbidden(json, id == "policies-do-not-escalate" ? Escalation : Guardrails);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteForbidden(Utf8JsonWriter json, string[] actions)
    {
        json.WriteStartObject("forbidden");
        json.WriteString("Version", "2012-10-17");
        json.WriteStartObject("Statement");
        json.WriteString("Effect", "Allow");
        Strings(json, "Action", actions);
        json.WriteString("Resource", "*");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
