using ProvableSec.Bench.Output;

namespace ProvableSec.Bench.Parts;

/// <summary>A group of figures that are taken together.</summary>
internal interface IBenchPart
{
    /// <summary>What it is called on the command line.</summary>
    string Name { get; }

    /// <summary>Measures. Says so in the report when data or a peer is not there.</summary>
    void Run(BenchOptions options, Report report);
}
