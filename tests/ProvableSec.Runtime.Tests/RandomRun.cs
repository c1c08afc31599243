using System.Globalization;

namespace ProvableSec.Runtime.Tests;

/// <summary>How many random cases a test tries, and from which on.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The seed of the first; each next case has the next seed.</param>
internal readonly record struct RandomRun(int Count, ulong First)
{
    private const ulong FixedSeed = 20260101;

    /// <summary>The cases of every run of the tests; with PROVABLESEC_SOAK=N, N cases from PROVABLESEC_SEED on, or from a fresh seed.</summary>
    public static RandomRun Of(int inGate)
    {
        bool soak = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), CultureInfo.InvariantCulture, out int count);
        if (!ulong.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SEED"), CultureInfo.InvariantCulture, out ulong first))
        {
            first = soak ? (ulong)Random.Shared.NextInt64(1L << 48) : FixedSeed;
        }

        return new RandomRun(soak ? count : inGate, first);
    }
}
