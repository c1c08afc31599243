using System.Globalization;
using CsCheck;

namespace ProvableSec.Tests;

/// <summary>
/// How many random cases a test tries, and from which on. All that tests draw is drawn here, so that a failure can be had again: PROVABLESEC_SOAK=N tries
/// N cases from PROVABLESEC_SEED on, or from a fresh seed; PROVABLESEC_SEED=S alone tries as many as ever from S on.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="First">The seed of the first; each next case has the next seed.</param>
public readonly record struct RandomRun(int Count, ulong First)
{
    private const ulong FixedSeed = 20260101;

    private static readonly ulong? Given = ulong.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SEED"), CultureInfo.InvariantCulture, out ulong seed)
        ? seed : null;

    /// <summary>The seeds of the cases.</summary>
    public IEnumerable<ulong> Seeds
    {
        get
        {
            for (ulong i = 0; i < (ulong)Count; i++)
            {
                yield return First + i;
            }
        }
    }

    /// <summary>The cases of a test.</summary>
    public static RandomRun Of(int inGate)
    {
        bool soak = int.TryParse(Environment.GetEnvironmentVariable("PROVABLESEC_SOAK"), CultureInfo.InvariantCulture, out int count);
        return new RandomRun(soak ? count : inGate, Given ?? (soak ? (ulong)System.Random.Shared.NextInt64(1L << 48) : FixedSeed));
    }

    /// <summary>The platform's generator, for a test that draws by hand; another one for every PROVABLESEC_SEED.</summary>
    public static Random Random(int seed) => Given is { } given ? RandomCases.Platform(given + (ulong)seed) : new(seed);
}

/// <summary>Drawing by seeds.</summary>
public static class RandomCases
{
    /// <summary>The generator of a seed.</summary>
    public static PCG Generator(ulong seed) => new((uint)(seed >> 32), seed);

    /// <summary>The platform's generator of a seed, the same in every process, as <see cref="HashCode"/> is not.</summary>
    public static Random Platform(ulong seed) => new((int)((seed * 0x9E3779B97F4A7C15) >> 33));

    /// <summary>The value that a seed draws.</summary>
    public static T At<T>(this Gen<T> gen, ulong seed) => gen.Generate(Generator(seed), null, out _);

    /// <summary>Tries this many values, or as many as asked for; a failure says its seed.</summary>
    public static void Each<T>(this Gen<T> gen, int inGate, Action<T> check)
    {
        foreach (ulong seed in RandomRun.Of(inGate).Seeds)
        {
            T drawn = gen.At(seed);
            try
            {
                check(drawn);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"PROVABLESEC_SEED={seed}: {e.Message}\n{CsCheck.Check.Print(drawn)}", e);
            }
        }
    }

    public static void Each<T>(this Gen<T> gen, int inGate, Func<T, bool> holds) => gen.Each(inGate, drawn => Assert.True(holds(drawn)));

    public static void Each<T1, T2>(this Gen<(T1, T2)> gen, int inGate, Action<T1, T2> check) => gen.Each(inGate, d => check(d.Item1, d.Item2));

    public static void Each<T1, T2>(this Gen<(T1, T2)> gen, int inGate, Func<T1, T2, bool> holds) =>
        gen.Each(inGate, d => Assert.True(holds(d.Item1, d.Item2)));

    public static void Each<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, int inGate, Action<T1, T2, T3> check) =>
        gen.Each(inGate, d => check(d.Item1, d.Item2, d.Item3));

    public static void Each<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, int inGate, Func<T1, T2, T3, bool> holds) =>
        gen.Each(inGate, d => Assert.True(holds(d.Item1, d.Item2, d.Item3)));

    public static void Each<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, int inGate, Action<T1, T2, T3, T4> check) =>
        gen.Each(inGate, d => check(d.Item1, d.Item2, d.Item3, d.Item4));

    public static void Each<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, int inGate, Func<T1, T2, T3, T4, bool> holds) =>
        gen.Each(inGate, d => Assert.True(holds(d.Item1, d.Item2, d.Item3, d.Item4)));

    public static void Each<T1, T2, T3, T4, T5>(this Gen<(T1, T2, T3, T4, T5)> gen, int inGate, Action<T1, T2, T3, T4, T5> check) =>
        gen.Each(inGate, d => check(d.Item1, d.Item2, d.Item3, d.Item4, d.Item5));

    public static void Each<T1, T2, T3, T4, T5>(this Gen<(T1, T2, T3, T4, T5)> gen, int inGate, Func<T1, T2, T3, T4, T5, bool> holds) =>
        gen.Each(inGate, d => Assert.True(holds(d.Item1, d.Item2, d.Item3, d.Item4, d.Item5)));
}
