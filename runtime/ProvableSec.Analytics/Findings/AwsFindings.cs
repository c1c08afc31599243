using System.Text.Json;

namespace ProvableSec.Analytics.Findings;

/// <summary>Findings of AWS: the AWS Security Finding Format of Security Hub, and GuardDuty's own.</summary>
internal static class AwsFindings
{
    private static readonly string[] Labels = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL"];

    /// <summary>Reads a finding of Security Hub; null when it is none.</summary>
    public static MergedFinding? Asff(JsonElement json, Func<string, string?> phaseOfRule)
    {
        if (json.Text("SchemaVersion") != "2018-10-08" || json.Text("Id") is not { } id)
        {
            return null;
        }

        string generator = json.Text("GeneratorId") ?? "unknown";
        JsonElement resource = json.List("Resources").FirstOrDefault();
        string? resourceId = resource.Text("Id"), resourceType = resource.Text("Type");
        string? phase = json.List("Types").Where(type => type.ValueKind == JsonValueKind.String)
            .Select(type => type.GetString()!.Split('/')).Where(parts => parts.Length > 1)
            .Select(parts => KillChain.PhaseOf(parts[1].Replace(" ", "", StringComparison.Ordinal))).FirstOrDefault(found => found is not null);
        bool isClosed = json.Text("RecordState") == "ARCHIVED" || json.Text("Workflow", "Status") is "SUPPRESSED" or "RESOLVED"
            || json.Text("Compliance", "Status") == "PASSED";
        if (generator.StartsWith("provablesec/", StringComparison.Ordinal))
        {
            string rule = generator["provablesec/".Length..];
            string? reach = OwnFindings.ReachOf(rule);
            return new MergedFinding(
                OwnFindings.KeyOf(rule, Field("provablesec/File"), Field("provablesec/Pointer")), "provablesec", rule, json.Text("Title")
                    ?? rule, LabelOf(json))
            {
                Id = id,
                Vendor = OwnFindings.Vendor,
                Account = json.Text("AwsAccountId"),
                Region = resource.Text("Region"),
                ResourceType = resourceType,
                Resource = resourceId,
                Place = Field("provablesec/File"),
                Time = json.Time("UpdatedAt"),
                IsClosed = isClosed,
                Reach = reach,
                Proof = reach is null ? null : json.Text("Description"),
                Phase = phaseOfRule(rule),
            };
        }

        string source = json.Text("ProductName") ?? Field("aws/securityhub/ProductName") ?? "Security Hub";
        return new MergedFinding(KeyOf(id), source, generator, json.Text("Title") ?? generator, LabelOf(json))
        {
            Id = id,
            Vendor = json.Text("CompanyName") ?? Field("aws/securityhub/CompanyName"),
            Account = json.Text("AwsAccountId"),
            Region = resource.Text("Region") ?? json.Text("Region"),
            ResourceType = resourceType,
            Resource = resourceId,
            Time = json.Time("UpdatedAt"),
            IsClosed = isClosed,
            Phase = phase,
        };

        string? Field(string name) => json.Text("ProductFields", name);
    }

    /// <summary>Reads a finding of GuardDuty; null when it is none.</summary>
    public static MergedFinding? GuardDuty(JsonElement json)
    {
        if (json.Text("Id") is not { } id || json.Text("Type") is not { } type || json.At("Service") is not { ValueKind: JsonValueKind.Object })
        {
            return null;
        }

        (string? name, string? kind) = ResourceOf(json);
        return new MergedFinding("guardduty/" + id, "GuardDuty", type, json.Text("Title") ?? type, LabelOf(json.Number("Severity")))
        {
            Id = id,
            Vendor = "AWS",
            Account = json.Text("AccountId"),
            Region = json.Text("Region"),
            ResourceType = kind,
            Resource = name,
            Time = json.Time("UpdatedAt"),
            IsClosed = json.At("Service", "Archived") is { ValueKind: JsonValueKind.True },
            Phase = KillChain.PhaseOf(type.Split(':')[0]),
        };
    }

    /// <summary>GuardDuty's severities (User Guide, "Severity levels").</summary>
    private static string LabelOf(double? severity) => severity switch
    {
        >= 9 => "CRITICAL",
        >= 7 => "HIGH",
        >= 4 => "MEDIUM",
        >= 1 => "LOW",
        _ => "INFORMATIONAL",
    };

    private static string LabelOf(JsonElement json)
    {
        if (json.Text("Severity", "Label") is { } label && Labels.Contains(label))
        {
            return label;
        }

        return json.Number("Severity", "Normalized") switch
        {
            >= 90 => "CRITICAL",
            >= 70 => "HIGH",
            >= 40 => "MEDIUM",
            >= 1 => "LOW",
            _ => "INFORMATIONAL",
        };
    }

    private static (string? Name, string? Kind) ResourceOf(JsonElement json)
    {
        string? type = json.Text("Resource", "ResourceType");
        return type switch
        {
            "Instance" => (json.Text("Resource", "InstanceDetails", "InstanceId"), type),
            "AccessKey" => (json.Text("Resource", "AccessKeyDetails", "UserName"), json.Text("Resource", "AccessKeyDetails", "UserType") ?? type),
            "S3Bucket" => (json.List("Resource", "S3BucketDetails").FirstOrDefault().Text("Name"), type),
            "Lambda" => (json.Text("Resource", "LambdaDetails", "FunctionName"), type),
            "EKSCluster" => (json.Text("Resource", "EksClusterDetails", "Name"), type),
            "RDSDBInstance" => (json.Text("Resource", "RdsDbInstanceDetails", "DbInstanceIdentifier"), type),
            _ => (null, type),
        };
    }

    /// <summary>A finding that Security Hub has from GuardDuty has GuardDuty's ARN as its id.</summary>
    private static string KeyOf(string id) =>
        id.Contains(":guardduty:", StringComparison.Ordinal) && id.LastIndexOf("/finding/", StringComparison.Ordinal) is > 0 and var at
            ? "guardduty/" + id[(at + "/finding/".Length)..] : "asff/" + id;
}
