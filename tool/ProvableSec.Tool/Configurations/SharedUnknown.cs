using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;

namespace ProvableSec.Tool.Configurations;

/// <summary>Policies that neither side of a comparison has, but both name: what they say is the same on both.</summary>
internal static partial class SharedUnknown
{
    private static readonly PolicyDocument Anything = FullAccessPolicy.Named("a policy that is not known");

    /// <summary>Whether all that is not known is the same on both sides: policies by the same names.</summary>
    /// <param name="now">Why policies are not known.</param>
    /// <param name="then">The same of the other side.</param>
    public static bool IsAll(ImmutableArray<string> now, ImmutableArray<string> then) =>
        now.Concat(then).All(reason => reason.Contains($"\"{DeploymentReader.ManagedPolicies}\"", StringComparison.Ordinal))
        && now.Select(Named).ToHashSet(StringComparer.Ordinal).SetEquals(then.Select(Named));

    /// <summary>
    /// The stack with a policy that may allow anything. Where nothing is new with that on both sides, either, no Deny went that a policy of both would have
    /// met.
    /// </summary>
    public static PolicyStack Beside(PolicyStack stack) => stack with { IdentityPolicies = [.. stack.IdentityPolicies ?? [], Anything] };

    /// <summary>A reason without the line, which moves.</summary>
    private static string Named(string reason) => Place().Replace(reason, "");

    [GeneratedRegex(@" \([^()]*:\d+\)", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
