using System.Globalization;
using System.Reflection;

namespace ProvableSec.Analytics.Queries;

/// <summary>
/// Records of a kind as events of the Open Cybersecurity Schema Framework, for security lakes: <c>HTTP Activity</c> (4002) of logs of AWS WAF, <c>Detection
/// Finding</c> (2004) of findings.
/// </summary>
internal static class OcsfQuery
{
    /// <summary>The version of the schema (https://schema.ocsf.io/1.3.0).</summary>
    public const string Version = "1.3.0";

    /// <summary>The phase that a column of that name tells, as a number of the enumeration <c>phase_id</c>.</summary>
    private const string PhaseId =
        "(CASE phase WHEN 'Reconnaissance' THEN 1 WHEN 'Weaponization' THEN 2 WHEN 'Delivery' THEN 3 WHEN 'Exploitation' THEN 4 WHEN 'Installation' THEN 5 "
            + "WHEN 'Command and Control' THEN 6 WHEN 'Actions on Objectives' THEN 7 ELSE 0 END)";

    /// <summary>The query, an event a row; its columns are attributes.</summary>
    /// <param name="kind">waf, guardduty or findings.</param>
    /// <param name="now">The time of events whose record tells none: the attribute is required.</param>
    public static string Of(string kind, DateTime now)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"queries/ocsf/{kind}")!);
        return reader.ReadToEnd()
            .Replace("{now}", string.Create(CultureInfo.InvariantCulture, $"TIMESTAMP '{now:yyyy-MM-dd HH:mm:ss.fff}'"), StringComparison.Ordinal)
            .Replace("{phase_id}", PhaseId, StringComparison.Ordinal);
    }
}
