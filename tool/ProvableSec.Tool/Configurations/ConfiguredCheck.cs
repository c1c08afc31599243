using System.Collections.Immutable;
using ProvableSec.Policy.Json;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Tool.Configurations;

/// <summary>A check of a project's own, as a configuration has it.</summary>
/// <param name="Check">What it looks for.</param>
/// <param name="At">Its id in the file.</param>
/// <param name="Files">Paths and patterns of the files whose policies it is about, relative to the configuration; empty for all.</param>
internal sealed record ConfiguredCheck(OwnCheck Check, JsonItem At, ImmutableArray<JsonItem> Files);
