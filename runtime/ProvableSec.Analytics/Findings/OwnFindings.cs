using System.Text.Json;

namespace ProvableSec.Analytics.Findings;

/// <summary>What <c>check</c>, <c>scan</c> and <c>verify</c> write, and SARIF of any program.</summary>
internal static class OwnFindings
{
    /// <summary>Whose product finds what this program finds.</summary>
    public const string Vendor = "ProvableSec";

    /// <summary>What rules prove, those that prove something.</summary>
    public static IReadOnlyDictionary<string, string> Reaches { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PSEC2001"] = "public access",
        ["PSEC2002"] = "administrator access",
        ["PSEC2003"] = "privilege escalation",
    };

    /// <summary>What a rule proves; null where it proves nothing.</summary>
    public static string? ReachOf(string rule) => Reaches.GetValueOrDefault(rule);

    /// <summary>The key of a finding of a rule at a place.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="file">The file.</param>
    /// <param name="place">A pointer into it, or a line.</param>
    public static string KeyOf(string rule, string? file, string? place) =>
        $"provablesec/{rule}/{file?.Replace('\\', '/')}#{(string.IsNullOrEmpty(place) ? "/" : place)}";

    /// <summary>Reads a finding of <c>check</c> or <c>scan</c>; null when it is none.</summary>
    public static MergedFinding? Finding(JsonElement json, Func<string, string?> phaseOfRule)
    {
        if (json.Text("rule") is not { } rule || (!rule.StartsWith("PSEC", StringComparison.Ordinal) && json.Text("fingerprint") is null)
            || json.Text("file") is not { } file || json.Text("message") is not { } message)
        {
            return null;
        }

        return Of(rule, file, json.Text("pointer"), json.Number("line"), message, json.Text("severity"), json, phaseOfRule);
    }

    /// <summary>Reads a claim that <c>verify</c> found violated or could not decide; null when it is none.</summary>
    public static MergedFinding? Claim(JsonElement json)
    {
        if (json.Text("verdict") is not ("violated" or "unknown") || json.Text("id") is not { } id || json.At("ok") is { ValueKind: JsonValueKind.True })
        {
            return null;
        }

        bool isViolated = json.Text("verdict") == "violated";
        string says = json.Text("says") ?? id;
        JsonElement? witness = json.At("witness");
        return new MergedFinding(
            $"property/{id}/{json.Text("stack")}", "provablesec verify", id, isViolated ? $"violated: {says}"
                : $"unknown: {says} ({json.Text("reason")})", isViolated ? LabelOf(json.Text("severity")) : "LOW")
        {
            Id = id,
            Vendor = Vendor,
            ResourceType = "stack",
            Resource = witness?.Text("resource") ?? json.Text("stack"),
            Reach = isViolated && witness is not null ? "claim violated" : null,
            Proof = isViolated && witness is { ValueKind: JsonValueKind.Object } request ? SentenceOf(request) : null,
        };
    }

    /// <summary>Whether something is a claim that holds, or is violated as it is expected to be.</summary>
    public static bool IsClaim(JsonElement json) => json.Text("verdict") is not null && json.Text("id") is not null && json.At("v") is not null;

    /// <summary>Reads the results of SARIF 2.1.0.</summary>
    public static IEnumerable<MergedFinding> Sarif(JsonElement json, Func<string, string?> phaseOfRule)
    {
        foreach (JsonElement run in json.List("runs"))
        {
            string driver = run.Text("tool", "driver", "name") ?? "SARIF";
            foreach (JsonElement result in run.List("results"))
            {
                string rule = result.Text("ruleId") ?? "unknown";
                JsonElement place = result.List("locations").FirstOrDefault();
                string file = place.Text("physicalLocation", "artifactLocation", "uri") ?? "";
                double? line = place.Number("physicalLocation", "region", "startLine");
                string message = result.Text("message", "text") ?? rule, level = result.Text("level") ?? "warning";
                bool isClosed = result.List("suppressions").Any();
                MergedFinding finding = driver == "provablesec"
                    ? Of(rule, file, result.Text("properties", "pointer"), line, message, level, result.At("properties") ?? default, phaseOfRule)
                    : new MergedFinding($"sarif/{driver}/{rule}/{file}:{line}", driver, rule, message, LabelOf(level))
                    {
                        Vendor = driver,
                        Place = PlaceOf(file, line),
                    };
                yield return finding with { IsClosed = isClosed };
            }
        }
    }

    private static MergedFinding Of(string rule, string file, string? pointer, double? line, string message, string? severity, JsonElement json,
        Func<string, string?> phaseOfRule)
    {
        JsonElement? witness = json.At("witness") is { ValueKind: JsonValueKind.Object } found ? found : null;

        // Without the request that shows it nothing of it is proved here; administrator access is every request.
        string? reach = witness is null && rule != "PSEC2002" ? null : ReachOf(rule);

        // Of a policy in a file nobody knows whom it is attached to; what is public is named by the request.
        string? resource = rule == "PSEC2001" ? witness?.Text("resource") : null;
        return new MergedFinding(KeyOf(rule, file, pointer ?? line?.ToString(System.Globalization.CultureInfo.InvariantCulture)), "provablesec", rule, message,
            LabelOf(severity))
        {
            Vendor = Vendor,
            ResourceType = resource is null ? "file" : null,
            Resource = resource ?? file,
            Place = PlaceOf(file, line),
            Reach = reach,
            Proof = reach is null ? null : witness is { } request ? SentenceOf(request) : message,
            Phase = phaseOfRule(rule),
        };
    }

    private static string PlaceOf(string file, double? line) => line is null ? file
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file}:{line}");

    private static string SentenceOf(JsonElement witness) =>
        $"proved: {witness.Text("principal") ?? "anyone"} may call {witness.Text("action")} on {witness.Text("resource")}";

    private static string LabelOf(string? severity) => severity switch
    {
        "error" => "HIGH",
        "warning" => "MEDIUM",
        _ => "INFORMATIONAL",
    };
}
