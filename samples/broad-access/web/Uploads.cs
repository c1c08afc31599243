using System.Text.Json;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace Site;

internal static class Uploads
{
    public static async Task<Credentials> SessionAsync(IAmazonSecurityTokenService sts, string role)
    {
        string policy = JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = new[]
            {
                new
                {
                    Effect = "Allow",
                    Action = new[] { "s3:PutObject", "s3:Put*", "s3:GetObjects" },
                    Resource = "arn:aws:s3:::uploads/*",
                },
            },
        });
        AssumeRoleResponse answer = await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = role, RoleSessionName = "upload", Policy = policy });
        return answer.Credentials;
    }
}
