using CsCheck;

namespace ProvableSec.Reasoning.Tests.Proving;

/// <summary>The same samples on every run and machine; CsCheck's own loop takes a fresh seed after the first.</summary>
internal static class FixedSamples
{
    public static void Each<T>(this Gen<T> gen, uint seed, int count, Action<T> check)
    {
        for (int i = 0; i < count; i++)
        {
            T drawn = gen.Generate(new PCG(seed, (ulong)i), null, out _);
            try
            {
                check(drawn);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"sample {i} of seed {seed}: {Check.Print(drawn)}", e);
            }
        }
    }
}
