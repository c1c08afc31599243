using System.Globalization;
using ProvableSec.Policy.Text;
using ProvableSec.Rules;
using ProvableSec.Rules.Accounts;
using ProvableSec.Rules.Policies;
using ProvableSec.Tool.Caching;
using ProvableSec.Tool.Deployments;

namespace ProvableSec.Tool.Checking;

/// <summary>All that <see cref="CheckedFile"/>.Of depends on, as a part of a key: the text, what it is called, and how it is checked.</summary>
internal static class CheckKey
{
    /// <summary>The key of a file.</summary>
    public static string Of(DocumentText source, bool isNamed, CheckSettings settings)
    {
        CacheKey key = new CacheKey("file").Add("name", source.Name).Add("text", source.Text).Add("named", isNamed ? "yes" : "no");
        Add(key, settings);
        // Ages of credentials, and whether a signed URL has expired: of other files no finding depends on the day on which they are checked.
        bool ages = CredentialReport.Is(source) || DeployedText.IsOfImage(source) || DeployedText.MayBe(source.Name, source.Text);
        return key.Add("day", ages ? DayOf(settings) : null).ToString();
    }

    /// <summary>The key of how files are checked, the day among it.</summary>
    public static string Of(CheckSettings settings)
    {
        var key = new CacheKey("settings");
        Add(key, settings);
        return key.Add("day", DayOf(settings)).ToString();
    }

    private static string DayOf(CheckSettings settings) => settings.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Add(CacheKey key, CheckSettings settings)
    {
        key.Add("type", settings.Type?.ToString()).Add("resource", settings.ResourceType).Add("dialect", settings.ScpDialect.ToString())
            .Add("accounts", settings.Zone.Accounts).Add("organizations", settings.Zone.Organizations).Add("services", settings.Zone.Services)
            .Add("zone", $"{settings.Zone.ConfusedDeputy} {settings.Zone.Strict}").Add("public", settings.PublicResources).Add("proofs", settings.ProofsAsOf)
            .Add("root", settings.FromRoot).Add("checks", settings.OwnChecks.Count.ToString(CultureInfo.InvariantCulture));
        foreach (OwnCheck check in settings.OwnChecks)
        {
            Rule rule = check.Rule;
            key.Add("check", [rule.Id, rule.Title, $"{rule.Severity}", rule.Why, rule.Remedy, rule.Cwe.ToString(CultureInfo.InvariantCulture)])
                .Add("types", check.Types.Select(type => type.ToString())).Add("denied", check.Denied);
        }

        key.Add("accessed", settings.LastAccessed is { } accessed ? accessed.Days.ToString(CultureInfo.InvariantCulture) : null);
        if (settings.LastAccessed is { } known)
        {
            key.Add("used", known.Used).Add("unused", known.Unused);
        }
    }
}
