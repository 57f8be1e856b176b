// Run once by MongoDB's image, when its volume is empty: the user that the nodes log in as. A database for each tenant is made, indexed
// and dropped by them, so the roles are those for any database; it is no administrator.
db.getSiblingDB('admin').createUser({
  user: 'parley',
  pwd: process.env.MONGO_PASSWORD,
  roles: ['readWriteAnyDatabase', 'dbAdminAnyDatabase'],
})
