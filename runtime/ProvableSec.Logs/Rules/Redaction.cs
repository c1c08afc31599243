using System.Collections.Immutable;

namespace ProvableSec.Logs.Rules;

/// <summary>A change to every record that is kept. For one value the first redaction that speaks of it counts. Immutable.</summary>
/// <param name="Target">What is changed.</param>
/// <param name="Names">Which headers, cookies or arguments; empty for targets that have no name.</param>
/// <param name="Except">True when it is all but those named: an allow-list.</param>
/// <param name="Method">How.</param>
/// <param name="Length">For <see cref="RedactionMethod.Truncate"/>: characters that stay; for <see cref="RedactionMethod.Prefix"/>: bits of an IPv4 address
/// that stay.</param>
/// <param name="LengthV6">For <see cref="RedactionMethod.Prefix"/>: bits of an IPv6 address that stay.</param>
public sealed record Redaction(RedactionTarget Target, ImmutableArray<TextPattern> Names, bool Except, RedactionMethod Method, int Length = 0, int LengthV6 = 0)
{
    /// <summary>Whether it speaks of a header, cookie or argument.</summary>
    /// <param name="name">The name in UTF-8, decoded.</param>
    public bool Covers(ReadOnlySpan<byte> name)
    {
        foreach (TextPattern pattern in Names)
        {
            if (pattern.Matches(name))
            {
                return !Except;
            }
        }

        return Except;
    }
}
