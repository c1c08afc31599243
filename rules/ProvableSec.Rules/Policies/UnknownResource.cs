namespace ProvableSec.Rules.Policies;

/// <summary>What a resource of an Allow becomes that is known only when a template is deployed or a program runs (<see cref="FilledText"/>).</summary>
internal enum UnknownResource
{
    /// <summary>Nothing is concluded from it: the statement is left out.</summary>
    One,

    /// <summary>A name in the place of each unknown text, and any resource for one of which not even the beginning is known: the statement is about some
    /// resource.</summary>
    Named,

    /// <summary>
    /// Whatever the action may be about: of <c>arn:aws:s3:::${Path}</c> a bucket and each object in it, for the text may be <c>bucket/*</c>. What is known for
    /// a name stays one.
    /// </summary>
    Widest,
}
