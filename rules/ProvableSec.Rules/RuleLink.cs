using System.Reflection;

namespace ProvableSec.Rules;

/// <summary>Where the page of a rule is read on the web: in the repository, if the build was told its public address
/// (<c>-p:SourceRepositoryUrl=https://…</c>).</summary>
internal static class RuleLink
{
    /// <summary>The public address of the repository; null in a build that does not know it.</summary>
    public static string? Repository { get; } =
        typeof(RuleLink).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(attribute => attribute.Key == "RepositoryUrl")?.Value;

    /// <summary>The address of the page; null in a build that does not know its repository.</summary>
    public static string? To(Rule rule) => To(rule, Repository);

    /// <summary>The address of the page in a repository.</summary>
    public static string? To(Rule rule, string? repository) => string.IsNullOrEmpty(repository) ? null : $"{repository!.TrimEnd('/')}/blob/main/{rule.Page}";
}
