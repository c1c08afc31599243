using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace LeakyApp;

internal static class Archive
{
    private const string Id = "{{ACCESS_KEY}}";
    private const string Secret = "{{SECRET_KEY}}";

    public static AmazonS3Client Open()
    {
        BasicAWSCredentials robot = new(Id, Secret);
        return new AmazonS3Client(robot, RegionEndpoint.EUCentral1);
    }
}
