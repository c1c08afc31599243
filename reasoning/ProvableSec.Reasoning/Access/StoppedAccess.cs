using System.Collections.Immutable;

namespace ProvableSec.Reasoning.Access;

/// <summary>Principals whose own policies allow some of what is asked, and whom a boundary or the organization's control policies keep from all of
/// it.</summary>
/// <param name="Principals">Their ARNs, sorted.</param>
/// <param name="By">Each of these stops them alone; empty where only several together do.</param>
internal sealed record StoppedAccess(ImmutableArray<string> Principals, ImmutableArray<AccessStop> By);
